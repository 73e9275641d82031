-- AlterTable
ALTER TABLE "Account" ADD COLUMN "offByName" TEXT;
ALTER TABLE "Account" ADD COLUMN "offReason" TEXT;
ALTER TABLE "Account" ADD COLUMN "offUntil" DATETIME;
ALTER TABLE "Account" ADD COLUMN "revertAt" DATETIME;

-- CreateTable
CREATE TABLE "UnconfirmedChange" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "accountId" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subjectName" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "undo" TEXT NOT NULL,
    "madeById" TEXT,
    "madeByName" TEXT NOT NULL,
    "address" TEXT,
    "madeAt" DATETIME NOT NULL,
    "dueAt" DATETIME NOT NULL,
    CONSTRAINT "UnconfirmedChange_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "UnconfirmedChange_accountId_dueAt_idx" ON "UnconfirmedChange"("accountId", "dueAt");

-- CreateIndex
CREATE INDEX "Account_offUntil_idx" ON "Account"("offUntil");

-- CreateIndex
CREATE INDEX "Account_revertAt_idx" ON "Account"("revertAt");
