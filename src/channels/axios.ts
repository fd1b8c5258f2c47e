import { Axios, AxiosHeaders, type AxiosAdapter, type InternalAxiosRequestConfig } from 'axios'
import { onceFor } from '../core/fixed.ts'
import { SEND_TIMEOUT, type Transport } from './transport.ts'

/**
 * Axios over the one fast way out: its interface without its transforms, interceptors and redirects. Every status is an
 * answer; what fails is a `TransportError`. Bodies go out as they are (a string we made) and come back as text.
 * What a request does not need costs all the same, so it has no defaults. `request` is cheaper than `post`, which puts its configuration together twice.
 */
export function createAxios(transport: Transport): Axios {
  const adapter: AxiosAdapter = (config) => transport({
    method: config.method === 'get' ? 'GET' : config.method === 'delete' ? 'DELETE' : 'POST',
    url: config.url ?? '',
    headers: { ...config.headers } as Record<string, string>,
    body: config.data,
    timeout: config.timeout ?? SEND_TIMEOUT,
  }).then(({ status, headers, body }) => ({ data: body, status, statusText: '', headers: new AxiosHeaders(headers), config }))
  return new Axios({ adapter })
}

/**
 * As `http` (of `createAxios`), for calls that carry these headers and no others: given to the adapter as they are, since axios
 * takes as long to put two headers together as for all else. The same two give the same client.
 */
export const withHeaders = (http: Axios, headers: Readonly<Record<string, string>>): Axios => clientsOf(http)(headers)

const clientsOf = onceFor((http: Axios) => onceFor((headers: Readonly<Record<string, string>>) => {
  const send = http.defaults.adapter as AxiosAdapter
  const adapter: AxiosAdapter = (config) => {
    config.headers = headers as InternalAxiosRequestConfig['headers']
    return send(config)
  }
  return new Axios({ adapter })
}))
