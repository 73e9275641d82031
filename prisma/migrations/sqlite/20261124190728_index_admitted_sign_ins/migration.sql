-- CreateIndex
CREATE INDEX "SignInEvent_accountId_outcome_at_idx" ON "SignInEvent"("accountId", "outcome", "at");
