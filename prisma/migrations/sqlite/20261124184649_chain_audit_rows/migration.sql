-- AlterTable
ALTER TABLE "AuditEvent" ADD COLUMN "hash" TEXT;
ALTER TABLE "AuditEvent" ADD COLUMN "previousHash" TEXT;
ALTER TABLE "AuditEvent" ADD COLUMN "sequence" INTEGER;

-- CreateTable
CREATE TABLE "AuditHead" (
    "accountId" TEXT NOT NULL PRIMARY KEY,
    "sequence" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "olderRows" INTEGER NOT NULL,
    "seal" TEXT NOT NULL,
    CONSTRAINT "AuditHead_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "AuditEvent_accountId_sequence_key" ON "AuditEvent"("accountId", "sequence");
