'use client'

import './globals.css'

/** Last resort when the root layout fails: plain HTML that works without scripts and without any provider. */
export default function GlobalErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <head>
        <title>Something went wrong · Gatehouse</title>
      </head>
      <body>
        <main className="mx-auto max-w-md px-4 py-16">
          <h1 className="text-xl font-semibold">Something went wrong</h1>
          <p className="mt-2 text-muted">
            Gatehouse could not show this page. Load it again in a moment; if it stays this way, tell your
            operator.
          </p>
          {error.digest && <p className="mt-4 text-sm text-muted">Error number: {error.digest}</p>}
          <p className="mt-6">
            <a href="/" className="font-medium text-accent-ink underline underline-offset-4">
              Go to the start page
            </a>
          </p>
        </main>
      </body>
    </html>
  )
}
