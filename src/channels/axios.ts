import { Axios, AxiosHeaders, type AxiosAdapter } from 'axios'
import { SEND_TIMEOUT, type Transport } from './transport.ts'

/**
 * Axios over the one fast way out: its interface without its transforms, interceptors and redirects. Every status is an
 * answer; what fails is a `TransportError`. Bodies go out as they are (a string we made) and come back as text.
 */
export function createAxios(transport: Transport): Axios {
  const adapter: AxiosAdapter = async (config) => {
    const { status, headers, body } = await transport({
      method: config.method === 'get' ? 'GET' : config.method === 'delete' ? 'DELETE' : 'POST',
      url: config.url ?? '',
      headers: { ...config.headers } as Record<string, string>,
      body: config.data,
      timeout: config.timeout ?? SEND_TIMEOUT,
    })
    return { data: body, status, statusText: '', headers: new AxiosHeaders(headers), config }
  }
  return new Axios({ adapter, timeout: SEND_TIMEOUT, transformRequest: [], transformResponse: [], validateStatus: null })
}
