-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "offByName" TEXT,
ADD COLUMN     "offReason" TEXT,
ADD COLUMN     "offUntil" TIMESTAMP(3),
ADD COLUMN     "revertAt" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "UnconfirmedChange" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subjectName" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "undo" TEXT NOT NULL,
    "madeById" TEXT,
    "madeByName" TEXT NOT NULL,
    "address" TEXT,
    "madeAt" TIMESTAMP(3) NOT NULL,
    "dueAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "UnconfirmedChange_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "UnconfirmedChange_accountId_dueAt_idx" ON "UnconfirmedChange"("accountId", "dueAt");

-- CreateIndex
CREATE INDEX "Account_offUntil_idx" ON "Account"("offUntil");

-- CreateIndex
CREATE INDEX "Account_revertAt_idx" ON "Account"("revertAt");

-- AddForeignKey
ALTER TABLE "UnconfirmedChange" ADD CONSTRAINT "UnconfirmedChange_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
