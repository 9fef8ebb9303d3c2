INSERT INTO games (slug, name, aliases, platforms, "releaseYear", run_counter, created) VALUES
  ('moonlit', 'Moonlit Caverns', '{mc,"moon, lit"}', '{SNES,PC}', 1994, 5, '2021-03-01 00:00:00'),
  ('Kart-R', 'Kart "Rumble"', '{}', NULL, 2003, 2, '2021-03-02 12:30:00.123456'),
  ('żółw', 'Żółw 🐢', '{""}', '{}', NULL, 0, NULL),
  ('zero', '', '{NULL,zero}', '{NULL}', 0, 0, '2024-02-29 00:00:00'),
  ('long', 'Long Game', '{}', '{PC}', 32767, 0, '1999-12-31 23:59:59');
INSERT INTO runners (discord_id, handle, country, pronouns, last_ip, prefs, joined_at) VALUES
  (80351110224678912, 'Nelly', 'PL', 'she/her', '10.0.0.1', '{"dm": true, "theme": null}', '2021-03-01 00:00:00+00'),
  (9223372036854775807, 'MaxedOut', NULL, '', '2001:db8::/32', 'null', '2024-02-29 00:00:00+00'),
  (9007199254740993, 'odd‮name', 'JP', NULL, NULL, '[]', '2022-06-01 23:59:59.999999+00'),
  (1, 'first', '  ', 'any', '127.0.0.1', '0', '1970-01-01 00:00:00+00'),
  (175928847299117063, 'żaba', 'DE', '', NULL, '""', '2023-11-05 01:30:00-04');
INSERT INTO categories VALUES
  (1, 'any%', 'Any%', 1, NULL, '01:00:00', false),
  (1, '100%', '100%', 2, 'All moons.', '3 hours 30 minutes', false),
  (1, 'meme', '', 3, '', '1 day -00:00:01', true),
  (2, 'any%', 'Any%', 1, repeat('No shortcuts. ', 400), NULL, NULL),
  (2, 'cups', 'All cups', 0, NULL, '1 mon', false);
INSERT INTO verifiers VALUES (0, 'head', '2021-03-01'), (1, 'senior', '2024-02-29'), (80351110224678912, 'junior', '2022-01-01');
INSERT INTO verifier_games VALUES (1, 1), (1, 2), (80351110224678912, 1);
INSERT INTO runs (game_id, num, category, runner_id, "time", igt, state, video, splits, note, played_on, submitted_at, verified_by) VALUES
  (1, 1, 'any%', 80351110224678912, 184512, 1845.120, 'verified', 'https://youtu.be/a', '[61000, 123512]', NULL, '2021-03-02', '2021-03-02 10:00+00', 0),
  (1, 2, 'any%', 1, 184512, NULL, 'verified', 'https://www.twitch.tv/v/2', 'null', '', '2021-03-03', '2021-03-03 00:00+00', 1),
  (1, 3, 'any%', 80351110224678912, 190000, 0.000, 'obsolete', NULL, NULL, 'old pb', NULL, '2021-03-01 09:00+00', NULL),
  (1, 4, '100%', 9007199254740993, 912345, 9123.450, 'verified', '', '{"a": [1, null]}', '🏁', '2024-02-29', '2024-02-29 12:00+00', 1),
  (1, 5, 'meme', NULL, 0, NULL, 'rejected', NULL, NULL, 'account deleted', '1994-01-01', '2022-01-01 00:00+00', 0),
  (2, 1, 'any%', 9223372036854775807, 9007199254740993, 9999999.999, 'verified', 'https://youtu.be/b', NULL, repeat('x', 5000), '2023-12-31', '2023-12-31 23:59:59.999+00', 80351110224678912),
  (2, 2, 'cups', 175928847299117063, 60001, NULL, 'new', NULL, '[]', NULL, NULL, '2024-05-05 05:05:05+00', 0);
INSERT INTO runner_links VALUES
  ('00000000-0000-4000-8000-000000000001', 80351110224678912, 'twitch', 'https://twitch.tv/nelly'),
  ('00000000-0000-4000-8000-000000000002', 80351110224678912, NULL, ''),
  ('ffffffff-ffff-ffff-ffff-ffffffffffff', 1, NULL, 'http://first.example');
INSERT INTO races (game_id, category, channel_id, status, countdown, "startedAt", settings, parent_race) VALUES
  (1, 'any%', 700000000000000001, 'finished', '00:00:10', '2024-02-29 00:00:00', '{"stream": null}', 2),
  (1, 'any%', 700000000000000001, 'open', '-00:00:05', NULL, 'null', NULL),
  (2, 'cups', 700000000000000002, 'CANCELED', '1 year 2 mons 3 days', NULL, NULL, 1);
INSERT INTO race_entrants (race_id, runner_id, ready, finish, forfeited_after) VALUES
  (1, 80351110224678912, true, '00:30:45.12', NULL),
  (1, 1, true, NULL, '00:00:00'),
  (2, 9007199254740993, false, NULL, NULL);
INSERT INTO live_splits VALUES (1, '{"at": 3, "pb": null}', '2024-03-01 00:00+00');
INSERT INTO guildSettings VALUES
  (600000000000000001, '!', 700000000000000001, '{1,2}', NULL),
  (600000000000000002, '', NULL, '{}', 'null'),
  (600000000000000003, '👟 ', 0, '{NULL}', '{"a": {"b": 1}}');
INSERT INTO run_log VALUES ('2024-02-29 00:00+00', 1, 4, 'new', 'verified'), ('2021-03-02 00:00+00', 1, 1, NULL, 'verified');
REFRESH MATERIALIZED VIEW records;
