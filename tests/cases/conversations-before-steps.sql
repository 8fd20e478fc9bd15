-- A database as `create_all` made it before there were migration steps, with two rows a table; names are invented.
CREATE TABLE hand_over (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  channel VARCHAR(32) NOT NULL,
  sender VARCHAR(128) NOT NULL,
  question VARCHAR NOT NULL,
  region VARCHAR NOT NULL,
  asker VARCHAR NOT NULL,
  asked_at DATETIME NOT NULL,
  state VARCHAR NOT NULL,
  reply VARCHAR NOT NULL,
  "by" VARCHAR NOT NULL,
  replied_at DATETIME,
  delivered_at DATETIME
);
CREATE INDEX ix_hand_over_channel ON hand_over (channel);
CREATE INDEX ix_hand_over_state ON hand_over (state);
CREATE INDEX ix_hand_over_sender ON hand_over (sender);
CREATE TABLE missed_question (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "key" VARCHAR(64) NOT NULL,
  region VARCHAR NOT NULL,
  question VARCHAR NOT NULL,
  asker VARCHAR NOT NULL,
  decision VARCHAR NOT NULL,
  units VARCHAR NOT NULL,
  last_on DATE NOT NULL,
  times INTEGER NOT NULL,
  marked INTEGER NOT NULL,
  settlement VARCHAR NOT NULL,
  settled_on DATE,
  UNIQUE ("key", region)
);
CREATE TABLE asker (
  channel VARCHAR(32) NOT NULL,
  sender VARCHAR(128) NOT NULL,
  region VARCHAR NOT NULL,
  asker VARCHAR NOT NULL,
  context VARCHAR NOT NULL,
  PRIMARY KEY (channel, sender)
);
CREATE TABLE exchange (
  id INTEGER NOT NULL,
  channel VARCHAR(32) NOT NULL,
  message_id VARCHAR(128) NOT NULL,
  sender VARCHAR(128) NOT NULL,
  text VARCHAR NOT NULL,
  at DATETIME NOT NULL,
  replies VARCHAR NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (channel, message_id)
);
CREATE INDEX ix_exchange_sender ON exchange (sender);
CREATE INDEX ix_exchange_channel ON exchange (channel);
INSERT INTO asker VALUES ('web', 'a', '云南省', 'cadre', '["central-2024/13"]');
INSERT INTO asker VALUES ('web', 'b', '', 'villager', '[]');
INSERT INTO exchange VALUES (1, 'web', 'm-1', 'a', '村里一年要演练几回', '2026-07-01 04:00:00.000000', '[{"channel": "web", "recipient": "a", "text": "答", "links": [], "choices": [], "decision": "answer"}]');
INSERT INTO exchange VALUES (3, 'web', 'hand-over/2', 'b', '', '2026-07-01 04:05:00.000000', '[]');
INSERT INTO missed_question VALUES (1, 'k', '云南省/示例州/示例县', '猪肉多少钱', 'villager', 'refused', '[]', '2026-07-01', 2, 0, 'open', NULL);
INSERT INTO missed_question VALUES (2, 'k', '', '猪肉多少钱', 'villager', 'refused', '[]', '2026-07-01', 1, 1, 'open', NULL);
INSERT INTO hand_over VALUES (1, 'web', 'a', '猪肉多少钱', '', 'villager', '2026-07-01 04:00:00.000000', 'open', '', '', NULL, NULL);
INSERT INTO hand_over VALUES (2, 'web', 'b', '猪肉多少钱', '', 'villager', '2026-07-01 04:00:00.000000', 'answered', '不归我们管', '示例甲', '2026-07-01 04:04:00.000000', '2026-07-01 04:05:00.000000');
