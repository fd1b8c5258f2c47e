import { html } from 'hono/html'

/** The pieces all pages are made of. Values are escaped where they are put in; `layout.ts` makes visible what is not to be seen. */

export type Html = ReturnType<typeof html>
export type Tone = 'plain' | 'good' | 'warn' | 'bad'

const toned = (base: string, tone: Tone): string => (tone === 'plain' ? base : `${base} ${tone}`)

/** A short state: never by colour alone. */
export const tag = (text: string, tone: Tone = 'plain') => html`<span class="${toned('tag', tone)}">${text}</span>`

/** Read out, not shown: what a link means without the row it stands in. */
export const unseen = (text: string) => html`<span class="unseen">${text}</span>`

/** Something to be read before going on. `alert`: read out at once. */
export const notice = (text: unknown, tone: Tone = 'plain', alert = false) =>
  html`<div class="${toned('notice', tone)}" ${alert ? html`role="alert"` : html`role="status"`}><p>${text}</p></div>`

export const card = (title: string, body: unknown, id: string | null = null) =>
  html`<section class="card"${id === null ? '' : html` id="${id}"`}><h2>${title}</h2>${body}</section>`

/** Part of a page that refreshes itself; `id` is its own on the page. Of rows with `data-waits` the script reads out how many are new. */
export const live = (id: string, body: unknown) => html`<p class="unseen" role="status" id="${id}-moi"></p><div id="${id}" data-live>${body}</div>`

/** Part of a page that refreshes itself only until what it waits for is there. */
export const awaited = (id: string, waits: boolean, body: unknown) => (waits ? live(id, body) : html`<div id="${id}">${body}</div>`)
/** What is still being computed, in a sentence, inside such a part. */
export const computing = (text: string) => html`<p class="soft" data-ask-again>${text} Trang tự cập nhật; không thấy thì tải lại trang.</p>`

export const figures = (list: readonly { count: string; of: string }[]) =>
  html`<ul class="figures">${list.map(({ count, of }) => html`<li><b>${count}</b> ${of}</li>`)}</ul>`

/** What is to be done, each with the way there; a sentence where nothing is. */
export const todoList = (list: readonly { what: string; more?: string; tone?: Tone; path?: string | null }[], none: string) =>
  list.length === 0
    ? html`<p class="soft">${none}</p>`
    : html`<ul class="todo">${list.map(({ what, more = '', tone = 'plain', path = null }) => html`<li><span>${path === null ? what : html`<a href="${path}">${what}</a>`}</span>${more === '' ? '' : tag(more, tone)}</li>`)}</ul>`

/** On a phone each row becomes a small list, with the column's title before each value. */
export const table = (caption: string, columns: readonly string[], rows: readonly (readonly unknown[])[]) => html`<table class="wide">
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell, at) => html`<td data-title="${columns[at] ?? ''}">${cell}</td>`)}</tr>`)}</tbody>
</table>`

/** A person's own words, whatever stands in them, with their line breaks. */
export const said = (text: string) => html`<p class="said"><bdi>${text}</bdi></p>`

export interface Field {
  name: string
  /** Where the name stands more than once on a page; the name otherwise. */
  id?: string
  label: string
  hint?: string
  /** What is wrong with what was typed, in a sentence. */
  error?: string | null
  value?: string
}

const idOf = ({ id, name }: Field): string => id ?? name
const described = (field: Field): string => [field.hint === undefined ? '' : `${idOf(field)}-goi-y`, field.error ? `${idOf(field)}-loi` : ''].filter((id) => id !== '').join(' ')
const around = (field: Field, input: unknown) => html`<div class="field${field.error ? ' wrong' : ''}"><label for="${idOf(field)}">${field.label}</label>
${field.hint === undefined ? '' : html`<p class="hint" id="${idOf(field)}-goi-y">${field.hint}</p>`}${field.error ? html`<p class="error" id="${idOf(field)}-loi">${field.error}</p>` : ''}${input}</div>`
const telling = (field: Field) => html`${described(field) === '' ? '' : html` aria-describedby="${described(field)}"`}${field.error ? html` aria-invalid="true"` : ''}`

/** `list`: the id of the suggestions it shows. */
export const textField = (field: Field & { list?: string; autocomplete?: string; required?: boolean; kind?: 'text' | 'search' | 'date' | 'datetime-local' }) => around(field,
  html`<input type="${field.kind ?? 'text'}" id="${idOf(field)}" name="${field.name}" value="${field.value ?? ''}"${field.list === undefined ? '' : html` list="${field.list}"`}${field.autocomplete === undefined ? '' : html` autocomplete="${field.autocomplete}"`}${field.required === true ? html` required` : ''}${telling(field)}>`)

/** Never carries a value back to the page. */
export const passwordField = (field: Omit<Field, 'value'> & { autocomplete: 'current-password' | 'new-password' }) => around(field,
  html`<input type="password" id="${idOf(field)}" name="${field.name}" autocomplete="${field.autocomplete}" required${telling(field)}>`)

/** Its text follows the tag directly, with one line break that browsers drop, so that the words keep their own. */
export const textArea = (field: Field & { longest: number; required?: boolean }) => around(field,
  html`<textarea id="${idOf(field)}" name="${field.name}" maxlength="${field.longest}"${field.required === false ? '' : html` required`}${telling(field)}>
${field.value ?? ''}</textarea>`)

/** `options`: the first is taken where `value` is none of them; those of the same `group` stand together under its name. */
export const selectField = (field: Field & { options: readonly SelectOption[] }) => around(field,
  html`<select id="${idOf(field)}" name="${field.name}"${telling(field)}>${[...Map.groupBy(field.options, ({ group = '' }) => group)].map(([group, options]) => {
    const shown = options.map(({ value, title }) => html`<option value="${value}"${value === field.value ? html` selected` : ''}>${title}</option>`)
    return group === '' ? shown : html`<optgroup label="${group}">${shown}</optgroup>`
  })}</select>`)
export interface SelectOption { value: string; title: string; group?: string }

export const checkField = ({ name, label, checked, hint }: { name: string; label: string; checked: boolean; hint?: string }) =>
  html`<div class="field check"><label><input type="checkbox" name="${name}" value="co"${checked ? html` checked` : ''}> ${label}</label>${hint === undefined ? '' : html`<p class="hint">${hint}</p>`}</div>`

/** What was changed in a text: gone and new, told by more than colour. */
export const changed = (pieces: readonly { kind: 'same' | 'gone' | 'new'; text: string }[]) =>
  html`<p class="said"><bdi>${pieces.map(({ kind, text }) => (kind === 'gone' ? html`<del>${text}</del> ` : kind === 'new' ? html`<ins>${text}</ins>` : text))}</bdi></p>`

/** `accept`: endings and media types, as the browser's own dialog takes them. */
export const fileField = (field: Omit<Field, 'value'> & { accept: string }) => around(field,
  html`<input type="file" id="${idOf(field)}" name="${field.name}" accept="${field.accept}"${telling(field)}>`)

/** A form that changes something: always with the session's token. `files`: it has a field for a file, or long text. `download`: what is answered is a file. */
export const form = (action: string, token: string, body: unknown, files = false, download = false) =>
  html`<form method="post" action="${action}"${files ? html` enctype="multipart/form-data"` : ''}${download ? html` data-download` : ''}><input type="hidden" name="ma" value="${token}">${body}</form>`

export type Weight = 'main-button' | 'quiet' | 'danger' | ''
/** `step`: which of a form's buttons was pressed, in the field `viec`. */
export const button = (text: unknown, weight: Weight = 'main-button', step: string | null = null) =>
  html`<button type="submit"${weight === '' ? '' : html` class="${weight}"`}${step === null ? '' : html` name="viec" value="${step}"`}>${text}</button>`
export const hidden = (name: string, value: string) => html`<input type="hidden" name="${name}" value="${value}">`
