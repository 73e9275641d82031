'use client'

import { Plus } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { useDesk } from './desk'

export function NewRangeButton({ variant = 'primary' }: { variant?: 'primary' | 'secondary' }) {
  const desk = useDesk()
  return (
    <Button ref={desk.addButton} variant={variant} className="noscript:hidden" onClick={() => desk.add()}>
      <Plus aria-hidden="true" />
      New IP Range
    </Button>
  )
}
