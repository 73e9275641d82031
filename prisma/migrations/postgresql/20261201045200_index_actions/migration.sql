-- CreateIndex
CREATE INDEX "AuditEvent_accountId_action_at_idx" ON "AuditEvent"("accountId", "action", "at");
