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
INSERT INTO "_sqlite_migrations" VALUES(1,'claimbot','m001_records','2026-11-26 17:10:51.535703+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'claimbot','m002_claims','2026-11-26 17:10:51.545614+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'claimbot','m003_history','2026-11-26 17:10:51.546399+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'claimbot','m004_workspaces','2026-11-26 17:10:51.560702+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'claimbot','m005_vectors','2026-11-26 17:10:51.560994+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'claimbot','m006_watches','2026-11-26 17:10:51.561171+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'claimbot','m007_what_a_figure_is','2026-11-26 17:10:51.566444+00:00');
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
INSERT INTO "claims" VALUES('two','bores','ministry','Statement of two.',6.0,NULL,'more-than','more than 6','2024-01-15',NULL,NULL,'two','active',NULL,NULL,NULL,NULL,NULL,'{"group": "new"}','reported',NULL);
INSERT INTO "claims" VALUES('own','dams','board','Statement of own.',41.0,41.0,'exact','41','2024-01-15',NULL,NULL,'own','retracted',NULL,'111',NULL,NULL,NULL,'{}','reported',NULL);
INSERT INTO "claims" VALUES('reply','wells','ministry','Statement of reply.',NULL,NULL,NULL,NULL,'2024-01-15',NULL,NULL,'reply','active',NULL,'111',NULL,NULL,NULL,'{}','reported',NULL);
INSERT INTO "claims" VALUES('theirs','wells','ministry','Statement of theirs.',4.0,4.0,'about','about 4','2024-01-15',NULL,NULL,'theirs','active',NULL,'222',NULL,NULL,NULL,'{}','reported',NULL);
CREATE TABLE "meta" (
   "key" TEXT PRIMARY KEY,
   "value" TEXT NOT NULL
) STRICT;
INSERT INTO "meta" VALUES('database','7f94892d-d6a9-47dd-b7b4-337a3ec31a77');
INSERT INTO "meta" VALUES('head','14 dcb9bc73a59f81860993da791cd3d21b73bb6e9d8cbaddcbc2d3827b50dc86cb');
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
INSERT INTO "revisions" VALUES(1,'2026-11-26T17:10:51.656428Z','curated records','shipped with this version','topic','wells',NULL,'{"description":"About wells","id":"wells","measure":"cumulative","parties":["EG"],"terms":["dig","bore"],"title":"Wells","unit":"wells"}','7f94892d-d6a9-47dd-b7b4-337a3ec31a77','c56bbd480cc3d0f5a228f68397883df2de0982993cf0f5758670e64a95da620e',NULL);
INSERT INTO "revisions" VALUES(2,'2026-11-26T17:10:51.656670Z','curated records','shipped with this version','asserter','ministry',NULL,'{"country":"EG","id":"ministry","organisation":"Ministry"}','c56bbd480cc3d0f5a228f68397883df2de0982993cf0f5758670e64a95da620e','7526e55a1551233f82741080f61c2e8bd073f7a47b80f8b0748a9848b1c1e657',NULL);
INSERT INTO "revisions" VALUES(3,'2026-11-26T17:10:51.656811Z','curated records','shipped with this version','source','gazette',NULL,'{"id":"gazette","published_on":"2024-01","publisher":"Gazette","title":"Notice of gazette"}','7526e55a1551233f82741080f61c2e8bd073f7a47b80f8b0748a9848b1c1e657','e3d563a8558e5c901a51aed748c8c907c972314ee4e4db0d6e5369ad26120822',NULL);
INSERT INTO "revisions" VALUES(4,'2026-11-26T17:10:51.657093Z','curated records','shipped with this version','claim','one',NULL,'{"asserted_on":"2024-01-15","asserter":"ministry","citations":[{"fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000","paragraph":1,"source":"gazette"}],"figure":{"as_worded":"about 3","high":3,"low":3,"relation":"about"},"id":"one","origin":"one","statement":"Statement of one.","topic":"wells"}','e3d563a8558e5c901a51aed748c8c907c972314ee4e4db0d6e5369ad26120822','c528ed249a8d9e61fc78b43bbca794fa7df6e1ab47ae276c38b0f456d6182a8b',NULL);
INSERT INTO "revisions" VALUES(5,'2026-11-26T17:10:51.657093Z','curated records','shipped with this version','claim','two',NULL,'{"asserted_on":"2024-01-15","asserter":"ministry","citations":[{"fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000","paragraph":1,"source":"gazette"}],"figure":{"as_worded":"more than 5","low":5,"relation":"more-than"},"id":"two","origin":"two","relations":[{"claim":"one","kind":"disputes"}],"statement":"Statement of two.","topic":"wells"}','c528ed249a8d9e61fc78b43bbca794fa7df6e1ab47ae276c38b0f456d6182a8b','737f5f8b9bd3407f904e4b17d8097227fb2fac9a169ab921d3212612818fd20d',NULL);
INSERT INTO "revisions" VALUES(6,'2026-11-26T17:10:51.690575Z','anna [1]','ours','topic','dams',NULL,'{"command":"dams","description":"About dams","id":"dams","measure":"cumulative","parties":["EG"],"terms":["weir"],"title":"Dams","unit":"dams"}','737f5f8b9bd3407f904e4b17d8097227fb2fac9a169ab921d3212612818fd20d','29a8f500671691ca18b676abe8493f16d67586af5046af701e99151a41ba655e','111');
INSERT INTO "revisions" VALUES(7,'2026-11-26T17:10:51.690989Z','anna [1]','ours','asserter','board',NULL,'{"country":"EG","id":"board","organisation":"Board"}','29a8f500671691ca18b676abe8493f16d67586af5046af701e99151a41ba655e','9df2a13b8faa00a04e4eb0cf324cf0e330b437cc351a26de51e0f9f56b212457','111');
INSERT INTO "revisions" VALUES(8,'2026-11-26T17:10:51.691181Z','anna [1]','ours','source','herald',NULL,'{"id":"herald","published_on":"2024-01","publisher":"Herald","title":"Notice of herald"}','9df2a13b8faa00a04e4eb0cf324cf0e330b437cc351a26de51e0f9f56b212457','3ade330402e04e5694095251615b759aba914ae62d2d34a7724bb9a2108baa9a','111');
INSERT INTO "revisions" VALUES(9,'2026-11-26T17:10:51.691476Z','anna [1]','ours','claim','own',NULL,'{"asserted_on":"2024-01-15","asserter":"board","citations":[{"fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000","paragraph":1,"source":"gazette"}],"figure":{"as_worded":"40","high":40,"low":40,"relation":"exact"},"id":"own","origin":"own","statement":"Statement of own.","topic":"dams"}','3ade330402e04e5694095251615b759aba914ae62d2d34a7724bb9a2108baa9a','684802df5204602956a55c535aa13329e0a1143eeb51ea2541d9951c79f07d4b','111');
INSERT INTO "revisions" VALUES(10,'2026-11-26T17:10:51.691476Z','anna [1]','ours','claim','reply',NULL,'{"asserted_on":"2024-01-15","asserter":"ministry","citations":[{"fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000","paragraph":1,"source":"gazette"}],"id":"reply","origin":"reply","relations":[{"claim":"one","kind":"denies"},{"kind":"denies","topic":"wells"}],"statement":"Statement of reply.","topic":"wells"}','684802df5204602956a55c535aa13329e0a1143eeb51ea2541d9951c79f07d4b','ffad9ea8c6e6922334b0c91d12426a6b98c982fc7345d916302570c9902b611a','111');
INSERT INTO "revisions" VALUES(11,'2026-11-26T17:10:51.706251Z','bob [2]','theirs','claim','theirs',NULL,'{"asserted_on":"2024-01-15","asserter":"ministry","citations":[{"fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000","paragraph":1,"source":"gazette"}],"figure":{"as_worded":"about 4","high":4,"low":4,"relation":"about"},"id":"theirs","origin":"theirs","statement":"Statement of theirs.","topic":"wells"}','ffad9ea8c6e6922334b0c91d12426a6b98c982fc7345d916302570c9902b611a','e3066ab53a88ecb1463ff9a95669f6bda93dc3421e4c560105a58bebef556e34','222');
INSERT INTO "revisions" VALUES(12,'2026-11-26T17:10:51.714340Z','anna [1]','read again','claim','own','{"asserted_on":"2024-01-15","asserter":"board","citations":[{"fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000","paragraph":1,"source":"gazette"}],"figure":{"as_worded":"40","high":40,"low":40,"relation":"exact"},"id":"own","origin":"own","statement":"Statement of own.","topic":"dams"}','{"asserted_on":"2024-01-15","asserter":"board","citations":[{"fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000","paragraph":1,"source":"gazette"}],"figure":{"as_worded":"41","high":41,"low":41,"relation":"exact"},"id":"own","origin":"own","statement":"Statement of own.","status":"retracted","topic":"dams"}','e3066ab53a88ecb1463ff9a95669f6bda93dc3421e4c560105a58bebef556e34','7474f0c35ad7f085a58948498e9131e6b690f099be5247a065016f32a017e043','111');
INSERT INTO "revisions" VALUES(13,'2026-11-26T17:10:51.730280Z','owner [0]','counted again','topic','bores',NULL,'{"description":"About bores","dimensions":["group"],"id":"bores","measure":"cumulative","parties":["EG"],"title":"Bores","unit":"bores"}','7474f0c35ad7f085a58948498e9131e6b690f099be5247a065016f32a017e043','d5a1593689bd5197aae079f6eac502e16cc94be0a971585f0519f4effa9e3b65',NULL);
INSERT INTO "revisions" VALUES(14,'2026-11-26T17:10:51.730810Z','owner [0]','counted again','claim','two','{"asserted_on":"2024-01-15","asserter":"ministry","citations":[{"fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000","paragraph":1,"source":"gazette"}],"figure":{"as_worded":"more than 5","low":5,"relation":"more-than"},"id":"two","origin":"two","relations":[{"claim":"one","kind":"disputes"}],"statement":"Statement of two.","topic":"wells"}','{"asserted_on":"2024-01-15","asserter":"ministry","citations":[{"fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000","paragraph":1,"source":"gazette"}],"figure":{"as_worded":"more than 6","low":6,"relation":"more-than"},"id":"two","origin":"two","qualifiers":{"group":"new"},"relations":[{"claim":"one","kind":"disputes"}],"statement":"Statement of two.","topic":"bores"}','d5a1593689bd5197aae079f6eac502e16cc94be0a971585f0519f4effa9e3b65','dcb9bc73a59f81860993da791cd3d21b73bb6e9d8cbaddcbc2d3827b50dc86cb',NULL);
CREATE TABLE "shipped" (
   "kind" TEXT NOT NULL,
   "id" TEXT NOT NULL,
   "digest" TEXT NOT NULL,
   "present" INTEGER NOT NULL,
   PRIMARY KEY ("kind", "id")
) STRICT;
INSERT INTO "shipped" VALUES('topic','wells','f82820eefc866891017fd1383e9b82ec481c084daebdc5bbff5ec3860d1f17fb',1);
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
INSERT INTO "topics" VALUES('wells','Wells','wells','cumulative','About wells',NULL,'[]','["dig", "bore"]','["EG"]','[]',NULL,'[]');
INSERT INTO "topics" VALUES('dams','Dams','dams','cumulative','About dams','dams','[]','["weir"]','["EG"]','[]','111','[]');
INSERT INTO "topics" VALUES('bores','Bores','bores','cumulative','About bores',NULL,'[]','[]','["EG"]','[]',NULL,'["group"]');
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
