-- CreateTable
CREATE TABLE "Approval" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "accountId" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "pendingSignInId" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "requestedAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedAt" DATETIME,
    "approved" BOOLEAN NOT NULL DEFAULT false,
    "decidedById" TEXT,
    "decidedByName" TEXT,
    CONSTRAINT "Approval_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Approval_agentId_fkey" FOREIGN KEY ("agentId") REFERENCES "Agent" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Approval_pendingSignInId_fkey" FOREIGN KEY ("pendingSignInId") REFERENCES "PendingSignIn" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "Approval_pendingSignInId_key" ON "Approval"("pendingSignInId");

-- CreateIndex
CREATE INDEX "Approval_accountId_decidedAt_idx" ON "Approval"("accountId", "decidedAt");
