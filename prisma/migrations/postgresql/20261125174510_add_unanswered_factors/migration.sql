-- AlterTable
ALTER TABLE "HalfSignIn" ADD COLUMN     "address" TEXT,
ADD COLUMN     "device" TEXT,
ADD COLUMN     "evidence" TEXT,
ADD COLUMN     "surface" "Surface";
