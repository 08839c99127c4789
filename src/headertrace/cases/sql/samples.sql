-- A few messages of each possible case: those judged misuse by themselves before the rest.
create or replace temporary {relation} samples as
with ranked as (
    select
        m.kind, m.case_key, s.message, s.source_path, s.source_offset, s.message_id,
        row_number() over (
            partition by m.kind, m.case_key
            order by case when s.judged_misuse then 0 when s.suspect then 1 else 2 end, s.message
        ) as place
    from members as m join sightings as s using (message)
    join candidates as c on c.kind = m.kind and c.case_key = m.case_key
    where s.suspect or s.strange
)
select kind, case_key, message, source_path, source_offset, message_id, place from ranked where place <= {samples}
