import { replaceUnsafe } from '../core/unsafe-text'

/** A finished mail. */
export interface Message {
  subject: string
  text: string
  html: string
}

/** What a mail says, without how it looks. Facts and link appear in both text and HTML. */
export interface Letter {
  subject: string
  heading: string
  /** Plain sentences; escaped in HTML. */
  opening: readonly string[]
  /** "IP address: 198.51.100.7" and the like. */
  facts?: readonly (readonly [label: string, value: string])[]
  action?: { label: string; url: string }
  /** After facts and link: when it ends, what to do if it wasn't you. */
  closing?: readonly string[]
  /** Why this person gets this mail. */
  footer: string
}

/** Text and HTML of one letter: no remote images, no header text from outside, readable in dark mode. */
export function composeMail(letter: Letter): Message {
  return { subject: oneLine(letter.subject), text: asText(letter), html: asHtml(letter) }
}

function asText({ heading, opening, facts = [], action, closing = [], footer }: Letter): string {
  const blocks = [
    heading,
    ...opening,
    facts.map(([label, value]) => `${label}: ${oneLine(value)}`).join('\n'),
    action ? `${action.label}:\n${action.url}` : '',
    ...closing,
    `--\n${footer}`,
  ]
  return `${blocks.filter(Boolean).join('\n\n')}\n`
}

function asHtml({ subject, heading, opening, facts = [], action, closing = [], footer }: Letter): string {
  const paragraph = (text: string) => `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`
  const rows = facts.map(
    ([label, value]) =>
      `<tr><td style="padding:4px 16px 4px 0;opacity:.7;vertical-align:top;overflow-wrap:normal">${escapeHtml(label)}</td>` +
      `<td style="padding:4px 0;font-weight:600">${escapeHtml(oneLine(value))}</td></tr>`,
  )
  const link = action ? escapeHtml(action.url) : ''
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:32px 16px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif">
<div style="max-width:520px;margin:0 auto;overflow-wrap:anywhere">
<p style="margin:0 0 24px;font-weight:700;letter-spacing:-.01em">Gatehouse</p>
<h1 style="margin:0 0 16px;font-size:22px;line-height:1.3">${escapeHtml(heading)}</h1>
${opening.map(paragraph).join('\n')}
${rows.length > 0 ? `<table role="presentation" style="margin:0 0 24px;border-collapse:collapse">${rows.join('')}</table>` : ''}
${
  action
    ? `<p style="margin:0 0 16px"><a href="${link}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#0f766e;color:#ffffff;font-weight:600;text-decoration:none">${escapeHtml(action.label)}</a></p>
<p style="margin:0 0 24px;font-size:14px">Or open this address: <a href="${link}" style="color:inherit">${link}</a></p>`
    : ''
}
${closing.map(paragraph).join('\n')}
<p style="margin:32px 0 0;padding-top:16px;border-top:1px solid #8884;font-size:13px;opacity:.75">${escapeHtml(footer)}</p>
</div></body></html>
`
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** Names come from people; in a subject or a fact they stay on one line. */
function oneLine(text: string): string {
  return replaceUnsafe(text, ' ').replace(/ +/g, ' ').trim()
}
