-- A database as schema 7 had it: one shared base, two workspaces, history, vectors and watches.
PRAGMA application_id = 1131179330;
PRAGMA user_version = 7;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'claimbot','m001_records','2026-11-26 15:44:39.292589+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'claimbot','m002_claims','2026-11-26 15:44:39.306425+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'claimbot','m003_history','2026-11-26 15:44:39.307156+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'claimbot','m004_workspaces','2026-11-26 15:44:39.331481+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'claimbot','m005_vectors','2026-11-26 15:44:39.331762+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'claimbot','m006_watches','2026-11-26 15:44:39.331935+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'claimbot','m007_what_a_figure_is','2026-11-26 15:44:39.332916+00:00');
CREATE TABLE "asserters" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "person" TEXT,
   "role" TEXT,
   "organisation" TEXT,
   "country" TEXT,
   "aliases" TEXT NOT NULL
, workspace TEXT) STRICT;
INSERT INTO "asserters" VALUES('ministry',NULL,NULL,'Ministry','EG','[]',NULL);
INSERT INTO "asserters" VALUES('board',NULL,NULL,'Board','EG','[]','111');
CREATE TABLE "citations" (
   "claim" TEXT NOT NULL REFERENCES "claims"("id"),
   "position" INTEGER NOT NULL,
   "source" TEXT NOT NULL REFERENCES "sources"("id"),
   "via" TEXT NOT NULL,
   "paragraph" INTEGER NOT NULL,
   "fingerprint" TEXT,
   "as_worded" TEXT,
   PRIMARY KEY ("claim", "position")
) STRICT;
INSERT INTO "citations" VALUES('one',0,'gazette','[]',1,'sha256:0000000000000000000000000000000000000000000000000000000000000000',NULL);
INSERT INTO "citations" VALUES('reply',0,'gazette','[]',1,'sha256:0000000000000000000000000000000000000000000000000000000000000000',NULL);
INSERT INTO "citations" VALUES('theirs',0,'gazette','[]',1,'sha256:0000000000000000000000000000000000000000000000000000000000000000',NULL);
INSERT INTO "citations" VALUES('own',0,'gazette','[]',1,'sha256:0000000000000000000000000000000000000000000000000000000000000000',NULL);
INSERT INTO "citations" VALUES('two',0,'gazette','[]',1,'sha256:0000000000000000000000000000000000000000000000000000000000000000',NULL);
CREATE TABLE "claims" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "topic" TEXT NOT NULL REFERENCES "topics"("id"),
   "asserter" TEXT NOT NULL REFERENCES "asserters"("id"),
   "statement" TEXT NOT NULL,
   "low" REAL,
   "high" REAL,
   "relation" TEXT,
   "as_worded" TEXT,
   "asserted_on" TEXT NOT NULL,
   "period" TEXT,
   "assumption" TEXT,
   "origin" TEXT NOT NULL,
   "status" TEXT NOT NULL,
   "note" TEXT
, workspace TEXT, value REAL, interval TEXT, figure_unit TEXT, qualifiers TEXT NOT NULL DEFAULT '{}', modality TEXT NOT NULL DEFAULT 'reported', rating TEXT) STRICT;
INSERT INTO "claims" VALUES('one','wells','ministry','Statement of one.',3.0,3.0,'about','about 3','2024-01-15',NULL,NULL,'one','active',NULL,NULL,NULL,NULL,NULL,'{}','reported',NULL);
INSERT INTO "claims" VALUES('two','wells','ministry','Statement of two.',6.0,NULL,'more-than','more than 6','2024-01-15',NULL,NULL,'two','active',NULL,NULL,NULL,NULL,NULL,'{"group": "new"}','reported',NULL);
INSERT INTO "claims" VALUES('own','dams','board','Statement of own.',41.0,41.0,'exact','41','2024-01-15',NULL,NULL,'own','retracted',NULL,'111',NULL,NULL,NULL,'{}','reported',NULL);
INSERT INTO "claims" VALUES('reply','wells','ministry','Statement of reply.',NULL,NULL,NULL,NULL,'2024-01-15',NULL,NULL,'reply','active',NULL,'111',NULL,NULL,NULL,'{}','reported',NULL);
INSERT INTO "claims" VALUES('theirs','wells','ministry','Statement of theirs.',4.0,4.0,'about','about 4','2024-01-15',NULL,NULL,'theirs','active',NULL,'222',NULL,NULL,NULL,'{}','reported',NULL);
CREATE TABLE "meta" (
   "key" TEXT PRIMARY KEY,
   "value" TEXT NOT NULL
) STRICT;
INSERT INTO "meta" VALUES('database','6f6b0d20-becd-4b50-a7a0-092a0e16fd78');
INSERT INTO "meta" VALUES('head','13 d1598c21331854c6b2d185504deddd650876fe2ac8a9405aa950e624f378549c');
CREATE TABLE "relations" (
   "claim" TEXT NOT NULL REFERENCES "claims"("id"),
   "position" INTEGER NOT NULL,
   "kind" TEXT NOT NULL,
   "to_claim" TEXT REFERENCES "claims"("id"),
   "to_topic" TEXT REFERENCES "topics"("id"),
   PRIMARY KEY ("claim", "position")
) STRICT;
INSERT INTO "relations" VALUES('reply',0,'denies','one',NULL);
INSERT INTO "relations" VALUES('reply',1,'denies',NULL,'wells');
INSERT INTO "relations" VALUES('two',0,'disputes','one',NULL);
CREATE TABLE "revisions" (
   "number" INTEGER PRIMARY KEY NOT NULL,
   "at" TEXT NOT NULL,
   "who" TEXT NOT NULL,
   "why" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "record" TEXT NOT NULL,
   "before" TEXT,
   "after" TEXT,
   "previous" TEXT NOT NULL,
   "seal" TEXT NOT NULL
, workspace TEXT) STRICT;
INSERT INTO "revisions" VALUES(1,'2026-11-26T15:44:39.448121Z','curated records','shipped with this version','topic','wells',NULL,'{"description":"About wells","dimensions":["group"],"id":"wells","measure":"cumulative","parties":["EG"],"title":"Wells","unit":"wells"}','6f6b0d20-becd-4b50-a7a0-092a0e16fd78','b2810b834e04e0a14ebe3f23e63bb3c2ebdc163cf14c8404037e8d15555bb333',NULL);
INSERT INTO "revisions" VALUES(2,'2026-11-26T15:44:39.448371Z','curated records','shipped with this version','asserter','ministry',NULL,'{"country":"EG","id":"ministry","organisation":"Ministry"}','b2810b834e04e0a14ebe3f23e63bb3c2ebdc163cf14c8404037e8d15555bb333','030cbec0eef2e187eb6c8efd03b1824375073b83ff881539d5dcc3a6ead7b67d',NULL);
INSERT INTO "revisions" VALUES(3,'2026-11-26T15:44:39.448487Z','curated records','shipped with this version','source','gazette',NULL,'{"id":"gazette","published_on":"2024-01","publisher":"Gazette","title":"Notice of gazette"}','030cbec0eef2e187eb6c8efd03b1824375073b83ff881539d5dcc3a6ead7b67d','41c5c3f90cc792d9a0dcdf2864de319c736e005b9d59cc86644579e1ac208381',NULL);
INSERT INTO "revisions" VALUES(4,'2026-11-26T15:44:39.448645Z','curated records','shipped with this version','claim','one',NULL,'{"asserted_on":"2024-01-15","asserter":"ministry","citations":[{"fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000","paragraph":1,"source":"gazette"}],"figure":{"as_worded":"about 3","high":3,"low":3,"relation":"about"},"id":"one","origin":"one","statement":"Statement of one.","topic":"wells"}','41c5c3f90cc792d9a0dcdf2864de319c736e005b9d59cc86644579e1ac208381','c803778e94a04d70e864ae049778ccd00fffab2be611c661a78484dd5c4cce51',NULL);
INSERT INTO "revisions" VALUES(5,'2026-11-26T15:44:39.448645Z','curated records','shipped with this version','claim','two',NULL,'{"asserted_on":"2024-01-15","asserter":"ministry","citations":[{"fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000","paragraph":1,"source":"gazette"}],"figure":{"as_worded":"more than 5","low":5,"relation":"more-than"},"id":"two","origin":"two","relations":[{"claim":"one","kind":"disputes"}],"statement":"Statement of two.","topic":"wells"}','c803778e94a04d70e864ae049778ccd00fffab2be611c661a78484dd5c4cce51','f9f549cf4bb48e39260ce00097be6db814e58529e0146c667757e7320579c576',NULL);
INSERT INTO "revisions" VALUES(6,'2026-11-26T15:44:39.484390Z','anna [1]','ours','topic','dams',NULL,'{"command":"dams","description":"About dams","id":"dams","measure":"cumulative","parties":["EG"],"title":"Dams","unit":"dams"}','f9f549cf4bb48e39260ce00097be6db814e58529e0146c667757e7320579c576','621086251d469b2612dc52a1d61bd7d34e9c8534a4a00777d654bf7992ba0004','111');
INSERT INTO "revisions" VALUES(7,'2026-11-26T15:44:39.484718Z','anna [1]','ours','asserter','board',NULL,'{"country":"EG","id":"board","organisation":"Board"}','621086251d469b2612dc52a1d61bd7d34e9c8534a4a00777d654bf7992ba0004','de3e6a7a580ecddc40d2f71aa854c33a463e3d97762f0571351d149ebdb95229','111');
INSERT INTO "revisions" VALUES(8,'2026-11-26T15:44:39.484870Z','anna [1]','ours','source','herald',NULL,'{"id":"herald","published_on":"2024-01","publisher":"Herald","title":"Notice of herald"}','de3e6a7a580ecddc40d2f71aa854c33a463e3d97762f0571351d149ebdb95229','8b59cb3766307e1d80e0fd122069ca093ad436da1a981304f26e443e00058998','111');
INSERT INTO "revisions" VALUES(9,'2026-11-26T15:44:39.485146Z','anna [1]','ours','claim','own',NULL,'{"asserted_on":"2024-01-15","asserter":"board","citations":[{"fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000","paragraph":1,"source":"gazette"}],"figure":{"as_worded":"40","high":40,"low":40,"relation":"exact"},"id":"own","origin":"own","statement":"Statement of own.","topic":"dams"}','8b59cb3766307e1d80e0fd122069ca093ad436da1a981304f26e443e00058998','bf40e2f1bee8ec328719490a25cbab3042e47efc3b606a14b65ec2286e624145','111');
INSERT INTO "revisions" VALUES(10,'2026-11-26T15:44:39.485146Z','anna [1]','ours','claim','reply',NULL,'{"asserted_on":"2024-01-15","asserter":"ministry","citations":[{"fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000","paragraph":1,"source":"gazette"}],"id":"reply","origin":"reply","relations":[{"claim":"one","kind":"denies"},{"kind":"denies","topic":"wells"}],"statement":"Statement of reply.","topic":"wells"}','bf40e2f1bee8ec328719490a25cbab3042e47efc3b606a14b65ec2286e624145','9eeee88fa8669ddfd511de9e808fd6e35ff9bb16a6af454b55c8235c20717a3d','111');
INSERT INTO "revisions" VALUES(11,'2026-11-26T15:44:39.498254Z','bob [2]','theirs','claim','theirs',NULL,'{"asserted_on":"2024-01-15","asserter":"ministry","citations":[{"fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000","paragraph":1,"source":"gazette"}],"figure":{"as_worded":"about 4","high":4,"low":4,"relation":"about"},"id":"theirs","origin":"theirs","statement":"Statement of theirs.","topic":"wells"}','9eeee88fa8669ddfd511de9e808fd6e35ff9bb16a6af454b55c8235c20717a3d','b687fc6337ad0ac097c421485e7c0ae5740cacda315ea47c1085e691bb630cef','222');
INSERT INTO "revisions" VALUES(12,'2026-11-26T15:44:39.514421Z','anna [1]','read again','claim','own','{"asserted_on":"2024-01-15","asserter":"board","citations":[{"fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000","paragraph":1,"source":"gazette"}],"figure":{"as_worded":"40","high":40,"low":40,"relation":"exact"},"id":"own","origin":"own","statement":"Statement of own.","topic":"dams"}','{"asserted_on":"2024-01-15","asserter":"board","citations":[{"fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000","paragraph":1,"source":"gazette"}],"figure":{"as_worded":"41","high":41,"low":41,"relation":"exact"},"id":"own","origin":"own","statement":"Statement of own.","status":"retracted","topic":"dams"}','b687fc6337ad0ac097c421485e7c0ae5740cacda315ea47c1085e691bb630cef','b28b936061d4f31f3c40dc8423ccb831e515143ddda1488a61e5f8cf85301184','111');
INSERT INTO "revisions" VALUES(13,'2026-11-26T15:44:39.526359Z','owner [0]','counted again','claim','two','{"asserted_on":"2024-01-15","asserter":"ministry","citations":[{"fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000","paragraph":1,"source":"gazette"}],"figure":{"as_worded":"more than 5","low":5,"relation":"more-than"},"id":"two","origin":"two","relations":[{"claim":"one","kind":"disputes"}],"statement":"Statement of two.","topic":"wells"}','{"asserted_on":"2024-01-15","asserter":"ministry","citations":[{"fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000","paragraph":1,"source":"gazette"}],"figure":{"as_worded":"more than 6","low":6,"relation":"more-than"},"id":"two","origin":"two","qualifiers":{"group":"new"},"relations":[{"claim":"one","kind":"disputes"}],"statement":"Statement of two.","topic":"wells"}','b28b936061d4f31f3c40dc8423ccb831e515143ddda1488a61e5f8cf85301184','d1598c21331854c6b2d185504deddd650876fe2ac8a9405aa950e624f378549c',NULL);
CREATE TABLE "shipped" (
   "kind" TEXT NOT NULL,
   "id" TEXT NOT NULL,
   "digest" TEXT NOT NULL,
   "present" INTEGER NOT NULL,
   PRIMARY KEY ("kind", "id")
) STRICT;
INSERT INTO "shipped" VALUES('topic','wells','acd13a5fa20e4939cfb9ce606c6bc6be2308245012139096007b237288f21af8',1);
INSERT INTO "shipped" VALUES('asserter','ministry','8b498ae596d3dd69d22f6209134a15bec4978e1d5efdbcda36d56a2d29a9d8e9',1);
INSERT INTO "shipped" VALUES('source','gazette','000ef5f861a470e774abdab85a0ba03459977e04d4d3bd074ffbbb7ccc3c39a8',1);
INSERT INTO "shipped" VALUES('claim','one','6ca342d754b8cab6a66cd28847d1f2c06810f6509de3c96f92cb831de908ff3f',1);
INSERT INTO "shipped" VALUES('claim','two','48ecd8ac0c51f885932761922ba4a00b1cf3f1e7b8caddc01ea46b37d90cd4aa',1);
CREATE TABLE "sources" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "publisher" TEXT NOT NULL,
   "publisher_basis" TEXT NOT NULL,
   "title" TEXT NOT NULL,
   "title_basis" TEXT NOT NULL,
   "published_on" TEXT,
   "date_basis" TEXT NOT NULL,
   "date_reason" TEXT,
   "url" TEXT,
   "archive_url" TEXT,
   "opening" TEXT
, workspace TEXT) STRICT;
INSERT INTO "sources" VALUES('gazette','Gazette','stated','Notice of gazette','stated','2024-01','stated',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "sources" VALUES('herald','Herald','stated','Notice of herald','stated','2024-01','stated',NULL,NULL,NULL,NULL,'111');
CREATE TABLE "topics" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "title" TEXT NOT NULL,
   "unit" TEXT,
   "measure" TEXT NOT NULL,
   "description" TEXT NOT NULL,
   "command" TEXT,
   "aliases" TEXT NOT NULL,
   "terms" TEXT NOT NULL,
   "parties" TEXT NOT NULL,
   "places" TEXT NOT NULL
, workspace TEXT, dimensions TEXT NOT NULL DEFAULT '[]') STRICT;
INSERT INTO "topics" VALUES('wells','Wells','wells','cumulative','About wells',NULL,'[]','[]','["EG"]','[]',NULL,'["group"]');
INSERT INTO "topics" VALUES('dams','Dams','dams','cumulative','About dams','dams','[]','[]','["EG"]','[]','111','[]');
CREATE TABLE "vectors" (
   "model" TEXT NOT NULL,
   "claim" TEXT NOT NULL,
   "digest" TEXT NOT NULL,
   "vector" BLOB NOT NULL,
   PRIMARY KEY ("model", "claim")
) STRICT;
INSERT INTO "vectors" VALUES('m:2','one','d1',X'0102');
INSERT INTO "vectors" VALUES('m:2','own','d2',X'0304');
INSERT INTO "vectors" VALUES('m:2','theirs','d1',X'0102');
CREATE TABLE watches (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            guild INTEGER NOT NULL,
            channel INTEGER NOT NULL,
            topic TEXT NOT NULL,
            told TEXT NOT NULL,
            revision INTEGER NOT NULL,
            sending TEXT,
            sending_revision INTEGER,
            nonce TEXT,
            since REAL,
            UNIQUE (guild, channel, topic)
        ) STRICT
        ;
INSERT INTO "watches" VALUES(1,111,5,'dams','{}',9,NULL,NULL,NULL,NULL);
INSERT INTO "watches" VALUES(2,222,6,'wells','{}',11,NULL,NULL,NULL,NULL);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX "idx_claims_topic"
    ON "claims" ("topic");
CREATE INDEX "idx_relations_to_claim"
    ON "relations" ("to_claim");
CREATE INDEX "idx_revisions_kind_record_number"
    ON "revisions" ("kind", "record", "number");
CREATE INDEX topics_workspace ON topics (workspace) WHERE workspace IS NOT NULL;
CREATE INDEX asserters_workspace ON asserters (workspace) WHERE workspace IS NOT NULL;
CREATE INDEX sources_workspace ON sources (workspace) WHERE workspace IS NOT NULL;
CREATE INDEX claims_workspace ON claims (workspace) WHERE workspace IS NOT NULL;
CREATE INDEX revisions_workspace ON revisions (workspace) WHERE workspace IS NOT NULL;
CREATE INDEX "idx_citations_source"
    ON "citations" ("source");
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('watches',2);
COMMIT;
