import type { Call } from '../postgres-bots.js'

/** What Splitsy's commands run, in this order, on the rows of `data.sql`. */
export const calls: readonly Call[] = [
  [
    'find a game by its slug',
    'SELECT id, name, aliases, platforms FROM games WHERE lower(slug) = lower($1)',
    ['KART-R'],
  ],
  [
    'submit a run: the trigger numbers it',
    `INSERT INTO runs (game_id, category, runner_id, "time", video, played_on, submitted_at) VALUES ($1, $2, $3, $4, $5, $6, '2024-06-01 00:00+00') RETURNING num, state, verified_by, entry`,
    [1, '100%', '80351110224678912', '900000', 'https://youtu.be/c', '2024-06-01'],
  ],
  ['count the runs of the runner', 'SELECT runs_total FROM runners WHERE discord_id = $1', ['80351110224678912']],
  [
    'a second pending run is refused',
    `INSERT INTO runs (game_id, category, runner_id, "time") VALUES (1, '100%', $1, 5)`,
    ['80351110224678912'],
  ],
  ['a time below zero is refused', `INSERT INTO runs (game_id, category, "time") VALUES (1, 'any%', -1)`, []],
  ['a run of an unknown category is refused', `INSERT INTO runs (game_id, category, "time") VALUES (1, 'low%', 1)`, []],
  [
    'verify a run',
    `UPDATE runs SET state = 'verified', verified_by = $3 WHERE game_id = $1 AND num = $2 AND state = 'new' RETURNING num, "time", state`,
    [1, 6, '1'],
  ],
  ['the trigger logged it', 'SELECT game_id, num, was, became FROM run_log WHERE num = $1 ORDER BY at', [6]],
  ['verify without a video is refused', `UPDATE runs SET state = 'verified' WHERE game_id = 2 AND num = 2`, []],
  [
    'leaderboard',
    'SELECT handle, best, place FROM leaderboard WHERE game_id = $1 AND category = $2 ORDER BY place, handle',
    [1, 'any%'],
  ],
  ['refresh the records', 'REFRESH MATERIALIZED VIEW CONCURRENTLY records', []],
  ['read the records', 'SELECT * FROM records ORDER BY game_id, category', []],
  [
    'personal bests with the gap to the next',
    `SELECT category, "time", "time" - lag("time") OVER (PARTITION BY category ORDER BY "time") AS gap FROM runs WHERE game_id = $1 ORDER BY category, "time", num`,
    [1],
  ],
  [
    'swap two categories in one statement',
    'UPDATE categories SET pos = 3 - pos WHERE game_id = $1 AND pos IN (1, 2) RETURNING code, pos',
    [1],
  ],
  [
    'two categories at one place are refused at the end',
    `UPDATE categories SET pos = 1 WHERE game_id = 1 RETURNING code`,
    [],
  ],
  [
    'rename a category: runs follow',
    `UPDATE categories SET code = 'all-cups' WHERE game_id = 2 AND code = 'cups' AND NOT EXISTS (SELECT FROM races WHERE game_id = 2 AND category = 'cups')`,
    [],
  ],
  [
    'register a runner, or change the name',
    `INSERT INTO runners (discord_id, handle, joined_at) VALUES ($1, $2, '2024-01-01Z') ON CONFLICT (discord_id) DO UPDATE SET handle = EXCLUDED.handle RETURNING handle, prefs, runs_total`,
    ['1', 'First!'],
  ],
  [
    'a new runner has JSON null as preferences',
    `INSERT INTO runners (discord_id, handle) VALUES ($1, $2) RETURNING discord_id, prefs, prefs IS NULL AS "sqlNull", jsonb_typeof(prefs) AS kind, pronouns`,
    ['1100000000000000001', 'new one'],
  ],
  ['a handle in other letters is taken', 'INSERT INTO runners (discord_id, handle) VALUES (5, $1)', ['NELLY']],
  [
    'set one preference',
    `UPDATE runners SET prefs = jsonb_set(CASE jsonb_typeof(prefs) WHEN 'object' THEN prefs ELSE '{}' END, '{dm}', $2) WHERE discord_id = $1 RETURNING prefs`,
    ['9223372036854775807', 'false'],
  ],
  ['who was not asked yet', `SELECT discord_id FROM runners WHERE prefs = 'null' ORDER BY seq`, []],
  [
    'link an account',
    'INSERT INTO runner_links VALUES ($1, $2, $3, $4) ON CONFLICT ON CONSTRAINT runner_links_one DO UPDATE SET url = EXCLUDED.url RETURNING id, url',
    ['00000000-0000-4000-8000-00000000000a', '1', null, 'https://first.example'],
  ],
  ['a link without an id is refused', `INSERT INTO runner_links (runner_id, url) VALUES (1, 'x')`, []],
  [
    'open a race where one is open',
    `INSERT INTO races (game_id, category, channel_id) VALUES (1, 'any%', $1) ON CONFLICT (channel_id) WHERE status IN ('open', 'running') DO NOTHING RETURNING id`,
    ['700000000000000001'],
  ],
  [
    'open a race elsewhere',
    `INSERT INTO races (game_id, category, channel_id) VALUES (1, 'any%', $1) RETURNING status, countdown, settings`,
    ['700000000000000009'],
  ],
  [
    'join a race',
    'INSERT INTO race_entrants (race_id, runner_id) VALUES ($1, $2) RETURNING seat, ready, finish',
    ['2', '1'],
  ],
  [
    'finish',
    'UPDATE race_entrants SET finish = $3::interval WHERE race_id = $1 AND runner_id = $2 RETURNING finish, finish < $4::interval AS "inTime"',
    ['2', '1', '59 minutes 59.5 seconds', '1 hour'],
  ],
  [
    'finish and forfeit are refused',
    `UPDATE race_entrants SET forfeited_after = '1 hour' WHERE race_id = 2 AND runner_id = 1`,
    [],
  ],
  [
    'results of a race',
    'SELECT u.handle, e.finish, e.forfeited_after FROM race_entrants e JOIN runners u ON u.discord_id = e.runner_id WHERE e.race_id = $1 ORDER BY e.finish NULLS LAST, e.seat',
    ['1'],
  ],
  [
    'average finish',
    'SELECT avg(finish) AS average, sum(countdown) AS waited, count(*) FROM races JOIN race_entrants ON race_id = id',
    [],
  ],
  ['a verifier leaves: the team takes over', 'DELETE FROM verifiers WHERE user_id = $1', ['80351110224678912']],
  ['and stands in the runs', 'SELECT game_id, num, verified_by FROM runs WHERE game_id = 2 ORDER BY num', []],
  ['a runner deletes the account', 'DELETE FROM runners WHERE discord_id = $1', ['9007199254740993']],
  [
    'and the runs stay',
    'SELECT num, runner_id, note FROM runs WHERE game_id = 1 AND runner_id IS NULL ORDER BY num',
    [],
  ],
  [
    'a server takes a game',
    `INSERT INTO guildSettings (guild_id, games) VALUES ($1, $2) ON CONFLICT (guild_id) DO UPDATE SET games = guildSettings.games || EXCLUDED.games RETURNING prefix, games, extra`,
    ['600000000000000002', [1, 2]],
  ],
  [
    'live splits',
    `INSERT INTO live_splits (runner_id, payload) VALUES ($1, $2) ON CONFLICT (runner_id) DO UPDATE SET payload = live_splits.payload || EXCLUDED.payload RETURNING payload`,
    ['1', '{"at": 4}'],
  ],
  ['addresses of one network', `SELECT discord_id, last_ip FROM runners WHERE last_ip <<= '10.0.0.0/8'`, []],
]
