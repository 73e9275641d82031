-- AlterTable
ALTER TABLE "Agent" ADD COLUMN "mutedNotices" TEXT;

-- CreateTable
CREATE TABLE "Notice" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "accountId" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "dueAt" DATETIME NOT NULL,
    CONSTRAINT "Notice_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Notice_agentId_fkey" FOREIGN KEY ("agentId") REFERENCES "Agent" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Notice_dueAt_idx" ON "Notice"("dueAt");

-- CreateIndex
CREATE INDEX "Notice_agentId_kind_idx" ON "Notice"("agentId", "kind");
