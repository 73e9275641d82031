-- DropIndex
DROP INDEX "OutboxMail_sentAt_failedAt_nextAttemptAt_idx";

-- CreateIndex
CREATE INDEX "OutboxMail_sentAt_failedAt_expiresAt_idx" ON "OutboxMail"("sentAt", "failedAt", "expiresAt");
