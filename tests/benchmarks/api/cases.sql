-- Cases and their leading places in bulk, as the API reads them; :first and :last are the running numbers. No journal, no clocks.
INSERT INTO konflik_case (number, series, year, sequence, title, chronology, province_id, kabupaten_id, source, issue_type_id, qualification,
                          stage, stage_since, severity, secrecy, opened_at, recorded_at, recorded_by_id, closed_at, is_late_entry, updated_at, version)
SELECT 'B' || i, 'terbuka', 2026, i, 'Sengketa batas kebun dan jalan desa ' || i, repeat('Warga memasang portal di jalan kebun. ', 8),
       d.province_id, d.kabupaten_id, substr('abcde', 1 + i % 5, 1), t.codes[1 + i % array_length(t.codes, 1)], 'potensi',
       s.stage, o.at, 1 + i % 4, CASE WHEN i % 20 = 0 THEN 3 WHEN i % 3 = 0 THEN 1 ELSE 2 END, o.at, o.at, u.id,
       CASE WHEN s.stage = 'selesai' THEN o.at + interval '1 day' END, false, o.at + interval '1 day', 1
FROM generate_series(:first, :last) AS i
CROSS JOIN (SELECT array_agg(code) AS codes FROM konflik_issuetype) AS t
CROSS JOIN (SELECT min(id) AS id FROM accounts_user) AS u
CROSS JOIN LATERAL (SELECT (ARRAY['pencegahan', 'penghentian', 'pemulihan', 'selesai'])[1 + (i / 7) % 4] AS stage) AS s
CROSS JOIN LATERAL (SELECT timestamptz '2026-11-01 00:00+07' - make_interval(secs => (i::bigint * 7919) % 94608000) AS at) AS o
JOIN bench_desa AS d ON d.place = (i::bigint * 104729) % (SELECT count(*) FROM bench_desa);
INSERT INTO konflik_caseplace (case_id, region_id, province_id, kabupaten_id, kecamatan_id, is_leading, is_beyond)
SELECT c.id, d.code, d.province_id, d.kabupaten_id, d.kecamatan_id, true, false
FROM konflik_case AS c JOIN bench_desa AS d ON d.place = (c.sequence::bigint * 104729) % (SELECT count(*) FROM bench_desa)
WHERE c.sequence BETWEEN :first AND :last;
