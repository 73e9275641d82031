import { DayField, FilterField, LogFilter } from '@/components/shell/log-filter'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { SURFACES } from '@/lib/core/allowlist'
import { formatFields } from '@/lib/core/log-page'
import { PATHS } from '@/lib/core/paths'
import { SIGN_IN_OUTCOMES, type SignInFields } from '@/lib/core/sign-in-listing'
import { OUTCOME_WORDS, SURFACE_WORDS } from '@/lib/core/sign-in-words'

interface SignInFilterFormProps {
  fields: SignInFields
  problems: Partial<SignInFields>
}

export function SignInFilterForm({ fields, problems }: SignInFilterFormProps) {
  const state = formatFields(fields)
  return (
    <LogFilter action={PATHS.signInLog} state={state} isFiltered={state !== ''}>
      <FilterField label="Person" name="person" value={fields.person} error={problems.person}>
        <Input defaultValue={fields.person} placeholder="Name or e-mail" autoComplete="off" />
      </FilterField>
      <FilterField label="IP address or range" name="ip" value={fields.ip} error={problems.ip}>
        <Input mono defaultValue={fields.ip} placeholder="203.0.113.0/24" autoComplete="off" />
      </FilterField>
      <FilterField label="Verdict" name="verdict" value={fields.verdict} error={problems.verdict}>
        <Select key={fields.verdict} defaultValue={fields.verdict}>
          <option value="">Any</option>
          {SIGN_IN_OUTCOMES.map((outcome) => (
            <option key={outcome} value={outcome}>
              {OUTCOME_WORDS[outcome]}
            </option>
          ))}
          {problems.verdict && <option value={fields.verdict}>{fields.verdict}</option>}
        </Select>
      </FilterField>
      <FilterField label="Surface" name="surface" value={fields.surface} error={problems.surface}>
        <Select key={fields.surface} defaultValue={fields.surface}>
          <option value="">Any</option>
          {SURFACES.map((surface) => (
            <option key={surface} value={surface}>
              {SURFACE_WORDS[surface]}
            </option>
          ))}
          {problems.surface && <option value={fields.surface}>{fields.surface}</option>}
        </Select>
      </FilterField>
      <DayField label="First day (UTC)" name="from" value={fields.from} error={problems.from} />
      <DayField label="Last day (UTC)" name="to" value={fields.to} error={problems.to} />
    </LogFilter>
  )
}
