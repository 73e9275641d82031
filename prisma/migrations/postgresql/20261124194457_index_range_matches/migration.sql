-- CreateIndex
CREATE INDEX "SignInEvent_rangeId_at_idx" ON "SignInEvent"("rangeId", "at");
