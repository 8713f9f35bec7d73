BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE cut (
	id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	frozen BOOLEAN NOT NULL, 
	made_at VARCHAR NOT NULL, 
	CONSTRAINT pk_cut PRIMARY KEY (id)
);
INSERT INTO "cut" VALUES('cut_p5cilktnv6fd',1,'Cut 1',1,'2026-11-21T22:56:41.142441+00:00');
INSERT INTO "cut" VALUES('cut_wvfdlxowph7r',2,'Fine cut',0,'2026-11-21T22:56:41.906436+00:00');
CREATE TABLE event (
	id VARCHAR NOT NULL, 
	cut_id VARCHAR NOT NULL, 
	shot_id VARCHAR NOT NULL, 
	rank INTEGER NOT NULL, 
	shows VARCHAR NOT NULL, 
	take_id VARCHAR, 
	panel_id VARCHAR, 
	shot_in INTEGER NOT NULL, 
	frames INTEGER NOT NULL, 
	speed_num INTEGER NOT NULL, 
	speed_den INTEGER NOT NULL, 
	hold VARCHAR NOT NULL, 
	flop BOOLEAN NOT NULL, 
	framing_start JSON, 
	framing_end JSON, 
	ease VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, shot_in_part INTEGER DEFAULT '0' NOT NULL, framing_first INTEGER DEFAULT '0' NOT NULL, framing_frames INTEGER DEFAULT '0' NOT NULL, waits BOOLEAN DEFAULT '0' NOT NULL, kept_panels JSON, 
	CONSTRAINT pk_event PRIMARY KEY (id), 
	CONSTRAINT fk_event_cut_id_cut FOREIGN KEY(cut_id) REFERENCES cut (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_event_panel_id_panel FOREIGN KEY(panel_id) REFERENCES panel (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_event_shot_id_shot FOREIGN KEY(shot_id) REFERENCES shot (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_event_take_id_take FOREIGN KEY(take_id) REFERENCES take (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "event" VALUES('event_2tlsorx77nod','cut_p5cilktnv6fd','shot_kp7m354ufg6a',1048576,'','take_onl4hxtvl4ws',NULL,0,48,1,1,'',0,NULL,NULL,'','',0,0,0,0,NULL);
INSERT INTO "event" VALUES('event_gbnp56jz4i62','cut_p5cilktnv6fd','shot_j6rzwgyylvyg',2097152,'','take_7fjf6anfxljp',NULL,0,48,1,1,'',0,NULL,NULL,'','',0,0,0,0,NULL);
INSERT INTO "event" VALUES('event_y3egyoex2fuu','cut_p5cilktnv6fd','shot_44tv262k7zwp',3145728,'','take_sqjzjkzu2y75',NULL,0,48,1,1,'',0,NULL,NULL,'','',0,0,0,0,NULL);
INSERT INTO "event" VALUES('event_hfyhe26tfebb','cut_wvfdlxowph7r','shot_kp7m354ufg6a',1048576,'',NULL,NULL,0,48,1,1,'',0,NULL,NULL,'','',0,0,0,0,NULL);
INSERT INTO "event" VALUES('event_guvkmlizgysq','cut_wvfdlxowph7r','shot_j6rzwgyylvyg',2097152,'',NULL,NULL,0,48,1,1,'',0,NULL,NULL,'','',0,0,0,0,NULL);
INSERT INTO "event" VALUES('event_ipjknbsjlrxh','cut_wvfdlxowph7r','shot_44tv262k7zwp',3145728,'',NULL,NULL,0,48,1,1,'',0,NULL,NULL,'','',0,0,0,0,NULL);
CREATE TABLE film (
	id VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	rate_num INTEGER NOT NULL, 
	rate_den INTEGER NOT NULL, 
	aspect VARCHAR NOT NULL, 
	width INTEGER NOT NULL, 
	height INTEGER NOT NULL, 
	start_timecode VARCHAR NOT NULL, 
	numbering VARCHAR NOT NULL, 
	numbers_locked BOOLEAN NOT NULL, 
	show VARCHAR NOT NULL, 
	episode VARCHAR NOT NULL, 
	current_cut_id VARCHAR, 
	source_frames INTEGER NOT NULL, 
	made_at VARCHAR NOT NULL, 
	CONSTRAINT pk_film PRIMARY KEY (id), 
	CONSTRAINT fk_film_current_cut_id_cut FOREIGN KEY(current_cut_id) REFERENCES cut (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "film" VALUES('film_e2cok5nfo5l7','The Last Ferry',24,1,'16:9',160,90,'01:00:00:00','tens',0,'','','cut_wvfdlxowph7r',150,'2026-11-21T22:56:41.131104+00:00');
CREATE TABLE job (
	id VARCHAR NOT NULL, 
	shot_id VARCHAR NOT NULL, 
	rank INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	engine VARCHAR NOT NULL, 
	runtime VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	attempt INTEGER NOT NULL, 
	step INTEGER NOT NULL, 
	steps INTEGER NOT NULL, 
	lost_step INTEGER NOT NULL, 
	lost_count INTEGER NOT NULL, 
	sentence TEXT NOT NULL, 
	hint TEXT NOT NULL, 
	trace VARCHAR NOT NULL, 
	recipe TEXT NOT NULL, 
	request TEXT NOT NULL, 
	take_number INTEGER NOT NULL, 
	source_start INTEGER NOT NULL, 
	source_frames INTEGER NOT NULL, 
	retry_of VARCHAR, 
	made_at VARCHAR NOT NULL, 
	started_at VARCHAR NOT NULL, 
	ended_at VARCHAR NOT NULL, 
	CONSTRAINT pk_job PRIMARY KEY (id), 
	CONSTRAINT fk_job_retry_of_job FOREIGN KEY(retry_of) REFERENCES job (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_job_shot_id_shot FOREIGN KEY(shot_id) REFERENCES shot (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "job" VALUES('job_vg6kpswjs36y','shot_kp7m354ufg6a',1048576,'clip','sketch','frames','done',0,0,4,-1,0,'','','','{"draft":"@mara waits","engine":"sketch","engine_frames":25,"fed":{"@mara":"a woman in a yellow raincoat, a yellow raincoat","@mara pictures":"b83a9bf99e3b 9dffcb4223aa","accepted prompt":"@mara waits in heavy rain.","action":"walk","location":"pier","prompt":"@mara waits","rate":"24","size":"wide","time":"night","weather":"rain"},"film":"film_e2cok5nfo5l7","first_frame":null,"frames":50,"given":[],"guidance":0.0,"guide":null,"guide_strength":1.0,"head":0,"height":90,"hold":2,"kind":"clip","last_frame":null,"loop":false,"made_with":{},"mask":null,"native_height":0,"native_width":0,"negative":"","prompt":"@mara waits","rate":"24/1","reel":"1_0010_v001","reference_guidance":0.0,"references":[],"scene":"scene_ixac5u4zfotq","seed":7,"shot":"shot_kp7m354ufg6a","shot_number":"1_0010","skip":0,"steps":4,"strength":1.0,"subjects":[],"tail":2,"timecode":"00:00:00:00","version":2,"weights":"abc123","width":160,"work":null}','{}
',1,0,50,NULL,'2026-11-21T22:56:41.772411+00:00','','2026-11-21T22:56:41.805653+00:00');
INSERT INTO "job" VALUES('job_esozjf2fi5ue','shot_j6rzwgyylvyg',2097152,'clip','sketch','frames','done',0,0,4,-1,0,'','','','{"draft":"@mara and @José","engine":"sketch","engine_frames":25,"fed":{"@José":"an old man","@mara":"a woman in a yellow raincoat, a white dress","@mara pictures":"b83a9bf99e3b 9dffcb4223aa c497878e4d31","action":"walk","location":"pier","prompt":"@mara and @José","rate":"24","size":"wide","time":"night","weather":"rain"},"film":"film_e2cok5nfo5l7","first_frame":null,"frames":50,"given":[],"guidance":0.0,"guide":null,"guide_strength":1.0,"head":0,"height":90,"hold":2,"kind":"clip","last_frame":null,"loop":false,"made_with":{},"mask":null,"native_height":0,"native_width":0,"negative":"","prompt":"@mara and @José","rate":"24/1","reel":"1_0020_v001","reference_guidance":0.0,"references":[],"scene":"scene_ixac5u4zfotq","seed":7,"shot":"shot_j6rzwgyylvyg","shot_number":"1_0020","skip":0,"steps":4,"strength":1.0,"subjects":[],"tail":2,"timecode":"00:00:02:02","version":2,"weights":"abc123","width":160,"work":null}','{}
',1,50,50,NULL,'2026-11-21T22:56:41.836924+00:00','','2026-11-21T22:56:41.855044+00:00');
INSERT INTO "job" VALUES('job_zjyio2lfkaw4','shot_44tv262k7zwp',3145728,'clip','sketch','frames','done',0,0,4,-1,0,'','','','{"draft":"","engine":"sketch","engine_frames":25,"fed":{"@mara":"a woman in a yellow raincoat, a yellow raincoat","@mara pictures":"b83a9bf99e3b 9dffcb4223aa","action":"walk","location":"pier","rate":"24","size":"wide","time":"night","weather":"rain"},"film":"film_e2cok5nfo5l7","first_frame":null,"frames":50,"given":[],"guidance":0.0,"guide":null,"guide_strength":1.0,"head":0,"height":90,"hold":2,"kind":"clip","last_frame":null,"loop":false,"made_with":{},"mask":null,"native_height":0,"native_width":0,"negative":"","prompt":"","rate":"24/1","reel":"2_0010_v001","reference_guidance":0.0,"references":[],"scene":"scene_6xna5hipgtsi","seed":7,"shot":"shot_44tv262k7zwp","shot_number":"2_0010","skip":0,"steps":4,"strength":1.0,"subjects":[],"tail":2,"timecode":"00:00:04:04","version":2,"weights":"abc123","width":160,"work":null}','{}
',1,100,50,NULL,'2026-11-21T22:56:41.869276+00:00','','2026-11-21T22:56:41.887232+00:00');
CREATE TABLE journal_change (
	id INTEGER NOT NULL, 
	step_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	row_id VARCHAR NOT NULL, 
	"before" JSON, 
	"after" JSON, 
	CONSTRAINT pk_journal_change PRIMARY KEY (id), 
	CONSTRAINT fk_journal_change_step_id_journal_step FOREIGN KEY(step_id) REFERENCES journal_step (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE journal_step (
	id INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	undone BOOLEAN NOT NULL, 
	made_at VARCHAR NOT NULL, 
	CONSTRAINT pk_journal_step PRIMARY KEY (id)
);
CREATE TABLE lane (
	id VARCHAR NOT NULL, 
	cut_id VARCHAR NOT NULL, 
	rank INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	follows BOOLEAN NOT NULL, 
	gain DOUBLE NOT NULL, 
	mute BOOLEAN NOT NULL, 
	solo BOOLEAN NOT NULL, 
	CONSTRAINT pk_lane PRIMARY KEY (id), 
	CONSTRAINT fk_lane_cut_id_cut FOREIGN KEY(cut_id) REFERENCES cut (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "lane" VALUES('lane_qebtcpspduti','cut_p5cilktnv6fd',1048576,'Dialogue',1,0.0,0,0);
INSERT INTO "lane" VALUES('lane_ufmfeh4mgree','cut_p5cilktnv6fd',2097152,'Effects',1,0.0,0,0);
INSERT INTO "lane" VALUES('lane_wajb5bsy2vz3','cut_p5cilktnv6fd',3145728,'Music',0,0.0,0,0);
INSERT INTO "lane" VALUES('lane_sdlyufp6o2bf','cut_wvfdlxowph7r',1048576,'Dialogue',1,0.0,0,0);
INSERT INTO "lane" VALUES('lane_tjntdgijhlkq','cut_wvfdlxowph7r',2097152,'Effects',1,0.0,0,0);
INSERT INTO "lane" VALUES('lane_6sg7vfwqhxnd','cut_wvfdlxowph7r',3145728,'Music',0,0.0,0,0);
CREATE TABLE marker (
	id VARCHAR NOT NULL, 
	cut_id VARCHAR NOT NULL, 
	film_frame INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	CONSTRAINT pk_marker PRIMARY KEY (id), 
	CONSTRAINT fk_marker_cut_id_cut FOREIGN KEY(cut_id) REFERENCES cut (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE note (
	id VARCHAR NOT NULL, 
	shot_id VARCHAR NOT NULL, 
	take_id VARCHAR, 
	take_frame INTEGER, 
	author VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	drawing JSON, 
	status VARCHAR NOT NULL, 
	answer_id VARCHAR, 
	made_at VARCHAR NOT NULL, 
	CONSTRAINT pk_note PRIMARY KEY (id), 
	CONSTRAINT fk_note_answer_id_take FOREIGN KEY(answer_id) REFERENCES take (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_note_shot_id_shot FOREIGN KEY(shot_id) REFERENCES shot (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_note_take_id_take FOREIGN KEY(take_id) REFERENCES take (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "note" VALUES('note_6324awb4mczq','shot_kp7m354ufg6a',NULL,NULL,'','darker',NULL,'open',NULL,'2026-11-21T22:56:41.897042+00:00');
CREATE TABLE panel (
	id VARCHAR NOT NULL, 
	shot_id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	rank INTEGER NOT NULL, 
	picture VARCHAR NOT NULL, 
	original VARCHAR NOT NULL, 
	width INTEGER NOT NULL, 
	height INTEGER NOT NULL, 
	origin VARCHAR NOT NULL, 
	frames INTEGER, 
	framing_start JSON, 
	framing_end JSON, 
	arrows JSON, 
	take_id VARCHAR, 
	take_frame INTEGER, 
	job_id VARCHAR, 
	recipe TEXT NOT NULL, 
	made_at VARCHAR NOT NULL, 
	CONSTRAINT pk_panel PRIMARY KEY (id), 
	CONSTRAINT fk_panel_job_id_job FOREIGN KEY(job_id) REFERENCES job (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_panel_shot_id_shot FOREIGN KEY(shot_id) REFERENCES shot (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_panel_take_id_take FOREIGN KEY(take_id) REFERENCES take (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE prompt_expansion (
	id VARCHAR NOT NULL, 
	shot_id VARCHAR NOT NULL, 
	draft TEXT NOT NULL, 
	text TEXT NOT NULL, 
	provider VARCHAR NOT NULL, 
	style VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	made_at VARCHAR NOT NULL, 
	CONSTRAINT pk_prompt_expansion PRIMARY KEY (id), 
	CONSTRAINT fk_prompt_expansion_shot_id_shot FOREIGN KEY(shot_id) REFERENCES shot (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "prompt_expansion" VALUES('expansion_evawk3fqdax4','shot_kp7m354ufg6a','@mara waits','A woman waits on a pier.','grammar','sketch','accepted','2026-11-21T22:56:41.611906+00:00');
INSERT INTO "prompt_expansion" VALUES('expansion_edxxdbarlkl5','shot_kp7m354ufg6a','@mara waits','@mara waits in heavy rain.','grammar','','edited','2026-11-21T22:56:41.621031+00:00');
INSERT INTO "prompt_expansion" VALUES('expansion_oipazuj6alup','shot_j6rzwgyylvyg','x','no','grammar','','refused','2026-11-21T22:56:41.661077+00:00');
INSERT INTO "prompt_expansion" VALUES('expansion_xwauascgccb6','shot_44tv262k7zwp','','A ferry.','grammar','','proposed','2026-11-21T22:56:41.686636+00:00');
CREATE TABLE reference (
	id VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	original VARCHAR NOT NULL, 
	original_name VARCHAR NOT NULL, 
	purpose VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	width INTEGER NOT NULL, 
	height INTEGER NOT NULL, 
	frames INTEGER NOT NULL, 
	made_at VARCHAR NOT NULL, 
	CONSTRAINT pk_reference PRIMARY KEY (id)
);
INSERT INTO "reference" VALUES('reference_umcknkv3hqwy','b83a9bf99e3b541cd872dc1dd6811aa1f318d1b188a96986f94a537c1e2584b5','b83a9bf99e3b541cd872dc1dd6811aa1f318d1b188a96986f94a537c1e2584b5.png','','front.png','identity','picture',0,0,0,'2026-11-21T22:56:41.409960+00:00');
INSERT INTO "reference" VALUES('reference_4dos2fnzexyw','9dffcb4223aacfb20d799c9d958f95772ffe8269aa353fb9611b2396afb0455d','9dffcb4223aacfb20d799c9d958f95772ffe8269aa353fb9611b2396afb0455d.png','','face.png','identity','picture',0,0,0,'2026-11-21T22:56:41.468523+00:00');
INSERT INTO "reference" VALUES('reference_zse4bz52qkz3','c497878e4d31280af2f8750e26e0205eb4e6088b45b07893ee72c16759982b95','c497878e4d31280af2f8750e26e0205eb4e6088b45b07893ee72c16759982b95.png','','dress.png','identity','picture',0,0,0,'2026-11-21T22:56:41.541641+00:00');
INSERT INTO "reference" VALUES('reference_xafacpqa2pt4','167b301b7cfbc921ba99c51d60a5db99a60e9010575d6b542dbbe4aa2092f9de','167b301b7cfbc921ba99c51d60a5db99a60e9010575d6b542dbbe4aa2092f9de.png','','guide.png','guide','picture',0,0,0,'2026-11-21T22:56:41.708887+00:00');
CREATE TABLE scene (
	id VARCHAR NOT NULL, 
	rank INTEGER NOT NULL, 
	number VARCHAR NOT NULL, 
	revision VARCHAR NOT NULL, 
	sequence VARCHAR NOT NULL, 
	heading VARCHAR NOT NULL, 
	location VARCHAR NOT NULL, 
	time VARCHAR NOT NULL, 
	weather VARCHAR NOT NULL, 
	story_day INTEGER NOT NULL, 
	CONSTRAINT pk_scene PRIMARY KEY (id)
);
INSERT INTO "scene" VALUES('scene_ixac5u4zfotq',1048576,'1','','','EXT. PIER - NIGHT','pier','night','rain',1);
INSERT INTO "scene" VALUES('scene_6xna5hipgtsi',2097152,'2','','','EXT. FERRY - DAWN','pier','night','rain',3);
CREATE TABLE script_revision (
	id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	made_at VARCHAR NOT NULL, 
	CONSTRAINT pk_script_revision PRIMARY KEY (id)
);
CREATE TABLE script_span (
	id VARCHAR NOT NULL, 
	revision_id VARCHAR NOT NULL, 
	shot_id VARCHAR NOT NULL, 
	first_line INTEGER NOT NULL, 
	last_line INTEGER NOT NULL, 
	CONSTRAINT pk_script_span PRIMARY KEY (id), 
	CONSTRAINT fk_script_span_revision_id_script_revision FOREIGN KEY(revision_id) REFERENCES script_revision (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_script_span_shot_id_shot FOREIGN KEY(shot_id) REFERENCES shot (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE shot (
	id VARCHAR NOT NULL, 
	scene_id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	suffix VARCHAR NOT NULL, 
	frames INTEGER NOT NULL, 
	prompt TEXT NOT NULL, 
	size VARCHAR NOT NULL, 
	angle VARCHAR NOT NULL, 
	lens VARCHAR NOT NULL, 
	height VARCHAR NOT NULL, 
	move VARCHAR NOT NULL, 
	action TEXT NOT NULL, 
	dialogue TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	approved BOOLEAN NOT NULL, 
	omitted BOOLEAN NOT NULL, 
	chosen_take_id VARCHAR, 
	chosen_panel_id VARCHAR, 
	pages_changed TEXT NOT NULL, 
	kept_fed TEXT NOT NULL, 
	made_at VARCHAR NOT NULL, 
	CONSTRAINT pk_shot PRIMARY KEY (id), 
	CONSTRAINT fk_shot_chosen_panel_id_panel FOREIGN KEY(chosen_panel_id) REFERENCES panel (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_shot_chosen_take_id_take FOREIGN KEY(chosen_take_id) REFERENCES take (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_shot_scene_id_scene FOREIGN KEY(scene_id) REFERENCES scene (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "shot" VALUES('shot_kp7m354ufg6a','scene_ixac5u4zfotq',10,'',48,'@mara waits','wide','','','','','walk','','',0,0,'take_onl4hxtvl4ws',NULL,'','','2026-11-21T22:56:41.281069+00:00');
INSERT INTO "shot" VALUES('shot_j6rzwgyylvyg','scene_ixac5u4zfotq',20,'',48,'@mara and @José','wide','','','','','walk','','',0,0,'take_7fjf6anfxljp',NULL,'','','2026-11-21T22:56:41.326740+00:00');
INSERT INTO "shot" VALUES('shot_44tv262k7zwp','scene_6xna5hipgtsi',10,'',48,'','wide','','','','','runs','','',0,0,'take_sqjzjkzu2y75',NULL,'','','2026-11-21T22:56:41.352914+00:00');
CREATE TABLE shot_reference (
	id VARCHAR NOT NULL, 
	shot_id VARCHAR NOT NULL, 
	reference_id VARCHAR NOT NULL, 
	purpose VARCHAR NOT NULL, 
	rank INTEGER NOT NULL, 
	strength INTEGER NOT NULL, 
	CONSTRAINT pk_shot_reference PRIMARY KEY (id), 
	CONSTRAINT fk_shot_reference_reference_id_reference FOREIGN KEY(reference_id) REFERENCES reference (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_shot_reference_shot_id_shot FOREIGN KEY(shot_id) REFERENCES shot (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "shot_reference" VALUES('shotreference_jtsseutie6ec','shot_j6rzwgyylvyg','reference_xafacpqa2pt4','guide',1048576,70);
CREATE TABLE shot_subject (
	id VARCHAR NOT NULL, 
	shot_id VARCHAR NOT NULL, 
	subject_id VARCHAR NOT NULL, 
	rank INTEGER NOT NULL, 
	side VARCHAR NOT NULL, 
	facing VARCHAR NOT NULL, 
	action VARCHAR NOT NULL, 
	exits VARCHAR NOT NULL, 
	CONSTRAINT pk_shot_subject PRIMARY KEY (id), 
	CONSTRAINT fk_shot_subject_shot_id_shot FOREIGN KEY(shot_id) REFERENCES shot (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_shot_subject_subject_id_subject FOREIGN KEY(subject_id) REFERENCES subject (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "shot_subject" VALUES('shotsubject_7xn4s2qw7dav','shot_kp7m354ufg6a','subject_22nt5grgkova',1048576,'','','','');
INSERT INTO "shot_subject" VALUES('shotsubject_7pjf3t4fdxv3','shot_j6rzwgyylvyg','subject_22nt5grgkova',1048576,'','','','');
INSERT INTO "shot_subject" VALUES('shotsubject_ue2tsvmsqmko','shot_j6rzwgyylvyg','subject_dneboboexwfg',2097152,'','','','');
INSERT INTO "shot_subject" VALUES('shotsubject_mktr6mt3c4sj','shot_44tv262k7zwp','subject_22nt5grgkova',1048576,'','','','');
CREATE TABLE sound_clip (
	id VARCHAR NOT NULL, 
	lane_id VARCHAR NOT NULL, 
	media VARCHAR NOT NULL, 
	original VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	event_id VARCHAR, 
	start INTEGER NOT NULL, 
	source_start INTEGER NOT NULL, 
	source_length INTEGER NOT NULL, 
	gain DOUBLE NOT NULL, 
	CONSTRAINT pk_sound_clip PRIMARY KEY (id), 
	CONSTRAINT fk_sound_clip_event_id_event FOREIGN KEY(event_id) REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_sound_clip_lane_id_lane FOREIGN KEY(lane_id) REFERENCES lane (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE subject (
	id VARCHAR NOT NULL, 
	rank INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	name_key VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	description TEXT NOT NULL, 
	CONSTRAINT pk_subject PRIMARY KEY (id), 
	CONSTRAINT uq_subject_name_key UNIQUE (name_key)
);
INSERT INTO "subject" VALUES('subject_22nt5grgkova',1048576,'mara','mara','character','a woman in a yellow raincoat');
INSERT INTO "subject" VALUES('subject_dneboboexwfg',2097152,'José','jose','character','an old man');
CREATE TABLE subject_view (
	id VARCHAR NOT NULL, 
	subject_id VARCHAR NOT NULL, 
	reference_id VARCHAR NOT NULL, 
	wardrobe_id VARCHAR, 
	rank INTEGER NOT NULL, 
	"view" VARCHAR NOT NULL, 
	CONSTRAINT pk_subject_view PRIMARY KEY (id), 
	CONSTRAINT fk_subject_view_reference_id_reference FOREIGN KEY(reference_id) REFERENCES reference (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_subject_view_subject_id_subject FOREIGN KEY(subject_id) REFERENCES subject (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_subject_view_wardrobe_id_wardrobe_change FOREIGN KEY(wardrobe_id) REFERENCES wardrobe_change (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "subject_view" VALUES('view_eff43wiu2q4d','subject_22nt5grgkova','reference_umcknkv3hqwy',NULL,1048576,'front');
INSERT INTO "subject_view" VALUES('view_4rduj6n3qoeq','subject_22nt5grgkova','reference_4dos2fnzexyw',NULL,2097152,'face');
INSERT INTO "subject_view" VALUES('view_qff22ltlkkmt','subject_22nt5grgkova','reference_zse4bz52qkz3','wardrobe_tslvh4iuipyz',3145728,'front');
CREATE TABLE take (
	id VARCHAR NOT NULL, 
	shot_id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	media VARCHAR NOT NULL, 
	original VARCHAR NOT NULL, 
	latents VARCHAR NOT NULL, 
	frames INTEGER NOT NULL, 
	rate_num INTEGER NOT NULL, 
	rate_den INTEGER NOT NULL, 
	width INTEGER NOT NULL, 
	height INTEGER NOT NULL, 
	head INTEGER NOT NULL, 
	tail INTEGER NOT NULL, 
	origin VARCHAR NOT NULL, 
	engine VARCHAR NOT NULL, 
	weights VARCHAR NOT NULL, 
	seed INTEGER NOT NULL, 
	recipe TEXT NOT NULL, 
	fed TEXT NOT NULL, 
	reel VARCHAR NOT NULL, 
	source_start INTEGER NOT NULL, 
	job_id VARCHAR, 
	starred BOOLEAN NOT NULL, 
	rejected BOOLEAN NOT NULL, 
	made_at VARCHAR NOT NULL, 
	CONSTRAINT pk_take PRIMARY KEY (id), 
	CONSTRAINT fk_take_job_id_job FOREIGN KEY(job_id) REFERENCES job (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_take_shot_id_shot FOREIGN KEY(shot_id) REFERENCES shot (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT uq_take_shot_id_number UNIQUE (shot_id, number)
);
INSERT INTO "take" VALUES('take_onl4hxtvl4ws','shot_kp7m354ufg6a',1,'d57ea2297b37de1934e497018af3e35177f2977e60fb659b96ec3d71caad6a27.mp4','','',50,24,1,160,90,0,2,'generated','sketch','abc123',7,'{"draft":"@mara waits","engine":"sketch","engine_frames":25,"fed":{"@mara":"a woman in a yellow raincoat, a yellow raincoat","@mara pictures":"b83a9bf99e3b 9dffcb4223aa","accepted prompt":"@mara waits in heavy rain.","action":"walk","location":"pier","prompt":"@mara waits","rate":"24","size":"wide","time":"night","weather":"rain"},"film":"film_e2cok5nfo5l7","first_frame":null,"frames":50,"given":[],"guidance":0.0,"guide":null,"guide_strength":1.0,"head":0,"height":90,"hold":2,"kind":"clip","last_frame":null,"loop":false,"made_with":{},"mask":null,"native_height":0,"native_width":0,"negative":"","prompt":"@mara waits","rate":"24/1","reel":"1_0010_v001","reference_guidance":0.0,"references":[],"scene":"scene_ixac5u4zfotq","seed":7,"shot":"shot_kp7m354ufg6a","shot_number":"1_0010","skip":0,"steps":4,"strength":1.0,"subjects":[],"tail":2,"timecode":"00:00:00:00","version":2,"weights":"abc123","width":160,"work":null}','{"@mara": "a woman in a yellow raincoat, a yellow raincoat", "@mara pictures": "b83a9bf99e3b 9dffcb4223aa", "accepted prompt": "@mara waits in heavy rain.", "action": "walk", "location": "pier", "prompt": "@mara waits", "rate": "24", "size": "wide", "time": "night", "weather": "rain"}','1_0010_v001',0,'job_vg6kpswjs36y',0,0,'2026-11-21T22:56:41.805560+00:00');
INSERT INTO "take" VALUES('take_7fjf6anfxljp','shot_j6rzwgyylvyg',1,'37c512e893f59e71c2b3018d919df5fe1b3e354f2ee78e30992cf0649c7cebe3.mp4','','',50,24,1,160,90,0,2,'generated','sketch','abc123',7,'{"draft":"@mara and @José","engine":"sketch","engine_frames":25,"fed":{"@José":"an old man","@mara":"a woman in a yellow raincoat, a white dress","@mara pictures":"b83a9bf99e3b 9dffcb4223aa c497878e4d31","action":"walk","location":"pier","prompt":"@mara and @José","rate":"24","size":"wide","time":"night","weather":"rain"},"film":"film_e2cok5nfo5l7","first_frame":null,"frames":50,"given":[],"guidance":0.0,"guide":null,"guide_strength":1.0,"head":0,"height":90,"hold":2,"kind":"clip","last_frame":null,"loop":false,"made_with":{},"mask":null,"native_height":0,"native_width":0,"negative":"","prompt":"@mara and @José","rate":"24/1","reel":"1_0020_v001","reference_guidance":0.0,"references":[],"scene":"scene_ixac5u4zfotq","seed":7,"shot":"shot_j6rzwgyylvyg","shot_number":"1_0020","skip":0,"steps":4,"strength":1.0,"subjects":[],"tail":2,"timecode":"00:00:02:02","version":2,"weights":"abc123","width":160,"work":null}','{"@José": "an old man", "@mara": "a woman in a yellow raincoat, a white dress", "@mara pictures": "b83a9bf99e3b 9dffcb4223aa c497878e4d31", "action": "walk", "location": "pier", "prompt": "@mara and @José", "rate": "24", "size": "wide", "time": "night", "weather": "rain"}','1_0020_v001',50,'job_esozjf2fi5ue',0,0,'2026-11-21T22:56:41.854856+00:00');
INSERT INTO "take" VALUES('take_sqjzjkzu2y75','shot_44tv262k7zwp',1,'0ac4a31fa869d830ba373021eb311aec6b8c456de7a1696329382a2a18b02ee0.mp4','','',50,24,1,160,90,0,2,'generated','sketch','abc123',7,'{"draft":"","engine":"sketch","engine_frames":25,"fed":{"@mara":"a woman in a yellow raincoat, a yellow raincoat","@mara pictures":"b83a9bf99e3b 9dffcb4223aa","action":"walk","location":"pier","rate":"24","size":"wide","time":"night","weather":"rain"},"film":"film_e2cok5nfo5l7","first_frame":null,"frames":50,"given":[],"guidance":0.0,"guide":null,"guide_strength":1.0,"head":0,"height":90,"hold":2,"kind":"clip","last_frame":null,"loop":false,"made_with":{},"mask":null,"native_height":0,"native_width":0,"negative":"","prompt":"","rate":"24/1","reel":"2_0010_v001","reference_guidance":0.0,"references":[],"scene":"scene_6xna5hipgtsi","seed":7,"shot":"shot_44tv262k7zwp","shot_number":"2_0010","skip":0,"steps":4,"strength":1.0,"subjects":[],"tail":2,"timecode":"00:00:04:04","version":2,"weights":"abc123","width":160,"work":null}','{"@mara": "a woman in a yellow raincoat, a yellow raincoat", "@mara pictures": "b83a9bf99e3b 9dffcb4223aa", "action": "walk", "location": "pier", "rate": "24", "size": "wide", "time": "night", "weather": "rain"}','2_0010_v001',100,'job_zjyio2lfkaw4',0,0,'2026-11-21T22:56:41.887085+00:00');
CREATE TABLE wardrobe_change (
	id VARCHAR NOT NULL, 
	subject_id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	description TEXT NOT NULL, 
	story_day INTEGER NOT NULL, 
	CONSTRAINT pk_wardrobe_change PRIMARY KEY (id), 
	CONSTRAINT fk_wardrobe_change_subject_id_subject FOREIGN KEY(subject_id) REFERENCES subject (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "wardrobe_change" VALUES('wardrobe_phh3l3z2dhfm','subject_22nt5grgkova',1,'coat','a yellow raincoat',1);
INSERT INTO "wardrobe_change" VALUES('wardrobe_tslvh4iuipyz','subject_22nt5grgkova',2,'dress','a white dress',3);
CREATE TABLE wardrobe_exception (
	id VARCHAR NOT NULL, 
	wardrobe_id VARCHAR NOT NULL, 
	scene_id VARCHAR, 
	shot_id VARCHAR, 
	CONSTRAINT pk_wardrobe_exception PRIMARY KEY (id), 
	CONSTRAINT fk_wardrobe_exception_scene_id_scene FOREIGN KEY(scene_id) REFERENCES scene (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_wardrobe_exception_shot_id_shot FOREIGN KEY(shot_id) REFERENCES shot (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_wardrobe_exception_wardrobe_id_wardrobe_change FOREIGN KEY(wardrobe_id) REFERENCES wardrobe_change (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "wardrobe_exception" VALUES('exception_d2p222jxr7zj','wardrobe_tslvh4iuipyz',NULL,'shot_j6rzwgyylvyg');
INSERT INTO "wardrobe_exception" VALUES('exception_6t7l4qq3hgsn','wardrobe_phh3l3z2dhfm','scene_6xna5hipgtsi',NULL);
CREATE INDEX ix_film_current_cut_id ON film (current_cut_id);
CREATE INDEX ix_script_span_revision_id ON script_span (revision_id);
CREATE INDEX ix_script_span_shot_id ON script_span (shot_id);
CREATE INDEX ix_event_cut_id ON event (cut_id);
CREATE INDEX ix_event_cut_id_rank ON event (cut_id, rank);
CREATE INDEX ix_event_panel_id ON event (panel_id);
CREATE INDEX ix_event_shot_id ON event (shot_id);
CREATE INDEX ix_event_take_id ON event (take_id);
CREATE INDEX ix_lane_cut_id ON lane (cut_id);
CREATE INDEX ix_sound_clip_event_id ON sound_clip (event_id);
CREATE INDEX ix_sound_clip_lane_id ON sound_clip (lane_id);
CREATE INDEX ix_marker_cut_id ON marker (cut_id);
CREATE INDEX ix_shot_chosen_panel_id ON shot (chosen_panel_id);
CREATE INDEX ix_shot_chosen_take_id ON shot (chosen_take_id);
CREATE INDEX ix_shot_scene_id ON shot (scene_id);
CREATE INDEX ix_shot_subject_shot_id ON shot_subject (shot_id);
CREATE INDEX ix_shot_subject_subject_id ON shot_subject (subject_id);
CREATE INDEX ix_shot_reference_reference_id ON shot_reference (reference_id);
CREATE INDEX ix_shot_reference_shot_id ON shot_reference (shot_id);
CREATE INDEX ix_panel_job_id ON panel (job_id);
CREATE INDEX ix_panel_shot_id ON panel (shot_id);
CREATE INDEX ix_panel_take_id ON panel (take_id);
CREATE INDEX ix_take_job_id ON take (job_id);
CREATE INDEX ix_take_shot_id ON take (shot_id);
CREATE INDEX ix_note_answer_id ON note (answer_id);
CREATE INDEX ix_note_shot_id ON note (shot_id);
CREATE INDEX ix_note_take_id ON note (take_id);
CREATE INDEX ix_reference_hash ON reference (hash);
CREATE INDEX ix_subject_view_reference_id ON subject_view (reference_id);
CREATE INDEX ix_subject_view_subject_id ON subject_view (subject_id);
CREATE INDEX ix_subject_view_wardrobe_id ON subject_view (wardrobe_id);
CREATE INDEX ix_wardrobe_change_subject_id ON wardrobe_change (subject_id);
CREATE INDEX ix_wardrobe_exception_scene_id ON wardrobe_exception (scene_id);
CREATE INDEX ix_wardrobe_exception_shot_id ON wardrobe_exception (shot_id);
CREATE INDEX ix_wardrobe_exception_wardrobe_id ON wardrobe_exception (wardrobe_id);
CREATE INDEX ix_prompt_expansion_shot_id ON prompt_expansion (shot_id);
CREATE INDEX ix_job_retry_of ON job (retry_of);
CREATE INDEX ix_job_shot_id ON job (shot_id);
CREATE INDEX ix_job_state_rank ON job (state, rank);
CREATE INDEX ix_journal_change_step_id ON journal_change (step_id);
COMMIT;
