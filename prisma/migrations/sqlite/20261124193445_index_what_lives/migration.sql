-- CreateIndex
CREATE INDEX "MobileDevice_endedAt_rotatedAt_idx" ON "MobileDevice"("endedAt", "rotatedAt");

-- CreateIndex
CREATE INDEX "Session_endedAt_lastSeenAt_idx" ON "Session"("endedAt", "lastSeenAt");
