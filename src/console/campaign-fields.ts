import { html } from 'hono/html'
import type { Field, Html, SelectOption } from './components.ts'

/** Fields that only the pages of campaigns have, beside those of `components.ts`. */

const around = ({ name, label, hint, error }: Field, input: Html): Html => html`<div class="field${error ? ' wrong' : ''}"><label for="${name}">${label}</label>
${hint === undefined ? '' : html`<p class="hint" id="${name}-goi-y">${hint}</p>`}${error ? html`<p class="error" id="${name}-loi">${error}</p>` : ''}${input}</div>`

const telling = ({ name, hint, error }: Field): Html | '' => {
  const ids = [hint === undefined ? '' : `${name}-goi-y`, error ? `${name}-loi` : ''].filter((id) => id !== '').join(' ')
  return ids === '' ? '' : html` aria-describedby="${ids}"${error ? html` aria-invalid="true"` : ''}`
}

/** One of a few, all to be seen; `more` stands below its choice. */
export const choiceField = ({ name, label, options, value }: Field & { options: readonly (SelectOption & { more?: unknown })[] }): Html =>
  html`<fieldset><legend>${label}</legend>${options.map((option) =>
    html`<div class="choice"><label><input type="radio" name="${name}" value="${option.value}"${option.value === value ? html` checked` : ''} required> ${option.title}</label>${option.more ?? ''}</div>`)}</fieldset>`

/** A line with suggestions from the list of this id. */
export const suggestedField = (field: Field & { list: string }): Html => around(field,
  html`<input type="text" id="${field.name}" name="${field.name}" value="${field.value ?? ''}" list="${field.list}" autocomplete="off"${telling(field)}>`)

export const suggestions = (id: string, options: readonly SelectOption[]): Html =>
  html`<datalist id="${id}">${options.map(({ value, title }) => html`<option value="${value}">${title}</option>`)}</datalist>`
