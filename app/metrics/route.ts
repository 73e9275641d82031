import { answerText, api } from '@/lib/server/api'
import { metricsPage, requireMetricsReader } from '@/lib/server/metrics-page'

/** What Prometheus collects; for who sends METRICS_TOKEN. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: metrics })

async function metrics(request: Request): Promise<Response> {
  requireMetricsReader(request.headers)
  const { text, contentType } = await metricsPage()
  return answerText(200, text, { 'content-type': contentType })
}
