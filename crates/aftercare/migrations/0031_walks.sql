-- Templates of notes, why what was mended by phone had failed, the complaint that a low score opened.

-- What people write again and again on cases, in both languages; the English one may be missing.
CREATE TABLE note_template (
  id TEXT PRIMARY KEY,
  name_zh TEXT NOT NULL CHECK (name_zh <> ''),
  name_en TEXT NOT NULL,
  text_zh TEXT NOT NULL CHECK (text_zh <> ''),
  text_en TEXT NOT NULL,
  active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  ordinal BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
INSERT INTO note_template (id, name_zh, name_en, text_zh, text_en, active, ordinal, changed_at) VALUES
  ('0199a000-0000-7000-8000-000000000001', '电话未接通', 'Not reached',
   '致电客户未接通，稍后再拨。', 'Called the customer, nobody answered; will call again later.', 1, 10, 0),
  ('0199a000-0000-7000-8000-000000000002', '供电检查', 'Power checked',
   '已请客户检查：进线电压正常、空气开关已合、指示灯状态：', 'Asked the customer to check: supply voltage normal, breaker on, state of the lamps: ', 1, 20, 0),
  ('0199a000-0000-7000-8000-000000000003', '断电重启', 'Restarted',
   '已指导客户断电 30 秒后重新上电。重启后现象：', 'Guided the customer to switch off for 30 s and on again. Afterwards: ', 1, 30, 0),
  ('0199a000-0000-7000-8000-000000000004', '网络检查', 'Network checked',
   '已检查网络：网口灯、IP 地址、能否连通控制器。结果：', 'Network checked: port lamps, IP address, whether the controller answers. Result: ', 1, 40, 0),
  ('0199a000-0000-7000-8000-000000000005', '参数核对', 'Settings compared',
   '已远程核对参数，与验收记录一致。', 'Settings compared remotely; they are as at acceptance.', 1, 50, 0),
  ('0199a000-0000-7000-8000-000000000006', '等待客户资料', 'Waiting for the customer',
   '已请客户提供现场照片和故障时间，收到后继续。', 'Asked the customer for photos and the time of the fault; going on once they are here.', 1, 60, 0),
  ('0199a000-0000-7000-8000-000000000007', '建议上门', 'Visit advised',
   '远程未能恢复，已说明上门安排和可能的费用，客户同意。', 'Not mended remotely; visit and possible charges explained, the customer agrees.', 1, 70, 0),
  ('0199a000-0000-7000-8000-000000000008', '已恢复', 'Works again',
   '客户确认设备已恢复正常使用。', 'The customer confirms that the device works again.', 1, 80, 0);

ALTER TABLE phone_support ADD COLUMN cause_code TEXT;
ALTER TABLE follow_up ADD COLUMN complaint_case_id TEXT REFERENCES service_case (id);
