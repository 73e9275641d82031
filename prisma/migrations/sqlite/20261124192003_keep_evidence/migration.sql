-- DropIndex
DROP INDEX "SignInEvent_at_idx";

-- DropIndex
DROP INDEX "SignInEvent_accountId_at_idx";

-- AlterTable
ALTER TABLE "Account" ADD COLUMN "signInsKeptDays" INTEGER;

-- AlterTable
ALTER TABLE "SignInEvent" ADD COLUMN "evidence" TEXT;

-- CreateIndex
CREATE INDEX "SignInEvent_accountId_at_outcome_surface_address_idx" ON "SignInEvent"("accountId", "at", "outcome", "surface", "address");

-- CreateIndex
CREATE INDEX "SignInEvent_accountId_address_at_idx" ON "SignInEvent"("accountId", "address", "at");
