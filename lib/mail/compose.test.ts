import { expect, test } from 'vitest'
import { authorizationLinkMail } from './authorization-link'
import { composeMail, escapeHtml } from './compose'
import { linkDeniedNotice } from './link-notices'
import { noticeMail, summaryMail } from './notice'

const facts = {
  agentName: 'Ana <b>Silva</b>',
  accountName: 'Northwind',
  address: '198.51.100.7',
  device: 'Firefox on Windows',
  requestedAt: new Date('2026-11-23T14:05:59Z'),
  latestEnd: new Date('2026-11-23T15:05:59Z'),
  url: 'https://gatehouse.example.com/authorize-ip/abc_DEF-123',
}

test('the authorization mail says address, time, browser, link, end and what to do if it was not them, in text and HTML', () => {
  const { subject, text, html } = authorizationLinkMail(facts)
  expect(subject).toBe('Authorize 198.51.100.7 to sign in')
  for (const body of [text, html])
    for (const part of [
      '198.51.100.7',
      '2026-11-23 14:05 UTC',
      '15:05 UTC',
      'Firefox on Windows',
      facts.url,
      '10 minutes',
      'If this wasn’t you',
    ])
      expect(body).toContain(part)
})

test('the mail never holds the code', () =>
  expect(JSON.stringify(authorizationLinkMail(facts))).not.toMatch(/\b\d{6}\b/))

test('names are escaped in HTML and plain in text', () => {
  const { text, html } = authorizationLinkMail(facts)
  expect(text).toContain('Ana <b>Silva</b>')
  expect(html).not.toContain('<b>Silva')
})

test('a mail loads nothing from elsewhere', () => {
  const denied = linkDeniedNotice({ ...facts, at: facts.latestEnd })
  const reader = { accountName: 'Northwind', choiceUrl: 'https://gatehouse.example.com/agent-console' }
  const summary = { ...reader, happened: 'somebody denied a link', url: facts.url }
  for (const { html } of [
    authorizationLinkMail(facts),
    noticeMail(denied, reader),
    summaryMail([{ ...denied, at: facts.latestEnd }], summary),
  ])
    expect(html).not.toMatch(/<img|<script|src=|url\(/)
})

test('a name with line breaks adds no header and no line', () => {
  const mail = composeMail({
    subject: 'Hello\r\nBcc: x@example.com',
    heading: 'h',
    opening: [],
    facts: [['Name', 'a\nb']],
    footer: 'f',
  })
  expect(mail.subject).toBe('Hello Bcc: x@example.com')
  expect(mail.text).toContain('Name: a b')
})

test('all five characters are escaped', () => expect(escapeHtml(`<>&"'`)).toBe('&#60;&#62;&#38;&#34;&#39;'))
