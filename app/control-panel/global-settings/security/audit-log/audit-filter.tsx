import { DayField, FilterField, LogFilter } from '@/components/shell/log-filter'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { AUDIT_ACTIONS } from '@/lib/core/audit'
import { AUDIT_NOUNS, type AuditFields } from '@/lib/core/audit-listing'
import { nameAction } from '@/lib/core/audit-words'
import { formatFields } from '@/lib/core/log-page'
import { PATHS } from '@/lib/core/paths'

interface AuditFilterFormProps {
  fields: AuditFields
  problems: Partial<AuditFields>
}

export function AuditFilterForm({ fields, problems }: AuditFilterFormProps) {
  const state = formatFields(fields)
  return (
    <LogFilter action={PATHS.auditLog} state={state} isFiltered={state !== ''}>
      <FilterField label="Who did it" name="person" value={fields.person} error={problems.person}>
        <Input defaultValue={fields.person} placeholder="Name or e-mail" autoComplete="off" />
      </FilterField>
      <FilterField label="Change" name="action" value={fields.action} error={problems.action}>
        <Select key={fields.action} defaultValue={fields.action}>
          <option value="">Any</option>
          {AUDIT_NOUNS.map((noun) => (
            <optgroup key={noun} label={nameAction(noun)}>
              <option value={noun}>{`${nameAction(noun)}: anything`}</option>
              {AUDIT_ACTIONS.filter((action) => action.startsWith(`${noun}.`)).map((action) => (
                <option key={action} value={action}>
                  {nameAction(action)}
                </option>
              ))}
            </optgroup>
          ))}
          {problems.action && <option value={fields.action}>{fields.action}</option>}
        </Select>
      </FilterField>
      <DayField label="First day (UTC)" name="from" value={fields.from} error={problems.from} />
      <DayField label="Last day (UTC)" name="to" value={fields.to} error={problems.to} />
    </LogFilter>
  )
}
