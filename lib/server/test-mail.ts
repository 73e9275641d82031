import 'server-only'
import { env } from '../env'
import { testMail } from '../mail/test-mail'
import { createMailTransport } from './mailer'

/** Sends one mail past the outbox, to learn at once what the mail server says; answers its problem, or null. */
export async function sendTestMail(to: string): Promise<string | null> {
  const transport = createMailTransport()
  try {
    const message = testMail({ appUrl: env().APP_URL, at: new Date() })
    await transport.sendMail({ from: env().MAIL_FROM, to, ...message })
    return null
  } catch (error) {
    return (error as Error).message
  } finally {
    transport.close()
  }
}
