/** What `content build` made of `flows/` and `content/`; `wrangler.toml` says where it is. */
declare module 'camnang:content' {
  const bundle: unknown
  export default bundle
}
