-- CreateIndex
CREATE INDEX "SignInEvent_accountId_surface_outcome_at_idx" ON "SignInEvent"("accountId", "surface", "outcome", "at");
