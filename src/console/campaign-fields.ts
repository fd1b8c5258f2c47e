import { html } from 'hono/html'
import { textField, type Field, type Html, type SelectOption } from './components.ts'

/** Fields that only the pages of campaigns have, beside those of `components.ts`. */

/** One of a few, all to be seen; `more` stands below its choice. */
export const choiceField = ({ name, label, options, value }: Field & { options: readonly (SelectOption & { more?: unknown })[] }): Html =>
  html`<fieldset><legend>${label}</legend>${options.map((option) =>
    html`<div class="choice"><label><input type="radio" name="${name}" value="${option.value}"${option.value === value ? html` checked` : ''} required> ${option.title}</label>${option.more ?? ''}</div>`)}</fieldset>`

/** A line with suggestions from the list of this id. */
export const suggestedField = (field: Field & { list: string }): Html => textField({ ...field, autocomplete: 'off' })

export const suggestions = (id: string, options: readonly SelectOption[]): Html =>
  html`<datalist id="${id}">${options.map(({ value, title }) => html`<option value="${value}">${title}</option>`)}</datalist>`
