-- CreateIndex
CREATE INDEX "Invitation_closedAt_idx" ON "Invitation"("closedAt");
