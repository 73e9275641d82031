-- AlterTable
ALTER TABLE "HalfSignIn" ADD COLUMN "address" TEXT;
ALTER TABLE "HalfSignIn" ADD COLUMN "device" TEXT;
ALTER TABLE "HalfSignIn" ADD COLUMN "evidence" TEXT;
ALTER TABLE "HalfSignIn" ADD COLUMN "surface" TEXT;
