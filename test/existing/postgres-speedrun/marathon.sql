CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE TABLE marathon_slots (
  id serial PRIMARY KEY,
  stage smallint NOT NULL DEFAULT 1,
  during tstzrange NOT NULL,
  title text NOT NULL,
  CONSTRAINT no_overlap EXCLUDE USING gist (stage WITH =, during WITH &&)
);
INSERT INTO marathon_slots (stage, during, title) VALUES
  (1, '[2024-02-29 00:00+00,2024-02-29 01:00+00)', 'Opening'),
  (1, '[2024-02-29 01:00+00,2024-02-29 02:30+00)', 'Moonlit 100%'),
  (2, '[2024-02-29 00:30+00,)', 'Bonus stage');
