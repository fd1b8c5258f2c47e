import type { Axios } from 'axios'
import { SendError } from '../core/delivery.ts'
import { pageAccess, type Graph, type PageAccess } from './graph.ts'

/** The settings of all our pages. */
export interface FacebookPagesOptions {
  graphUrl: string
  /** `v26.0`: Meta's versions live about two years. */
  graphVersion: string
  /** New first; the first one proves our calls. */
  appSecrets: readonly string[]
  accounts: readonly { pageId: string; pageToken: string }[]
  http: Axios
}

/** Our pages and where their calls go. */
export interface FacebookPages {
  graph: Graph
  all: readonly PageAccess[]
  /** Undefined for a page that is not set up. */
  find(pageId: string): PageAccess | undefined
  /** Throws `SendError` for a page that is not set up. */
  of(pageId: string): PageAccess
}

export function facebookPages({ graphUrl, graphVersion, appSecrets, accounts, http }: FacebookPagesOptions): FacebookPages {
  const all = accounts.map(({ pageId, pageToken }) => pageAccess(pageId, pageToken, appSecrets[0] ?? ''))
  const pages = new Map(all.map((page) => [page.pageId, page]))
  return {
    graph: { root: `${graphUrl}/${graphVersion}`, http },
    all,
    find: (pageId) => pages.get(pageId),
    of(pageId) {
      const page = pages.get(pageId)
      if (page === undefined) throw new SendError({ kind: 'bad_configuration', needs: 'permission' }, 'unknown_page')
      return page
    },
  }
}
