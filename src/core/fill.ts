/**
 * Fills `{{name}}` placeholders in one pass: what is filled in is never looked at again. A name `value` does not know
 * becomes nothing.
 */
export function fill(template: string, value: (name: string) => string | null): string {
  if (!template.includes('{{')) return template
  return template.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (_, name: string) => value(name) ?? '')
}
