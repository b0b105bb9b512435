-- Prices for customers of a level, the designated persons and firms, and the codes of faults and causes.

-- Each list may give a line a price of its own for agreement and VIP customers (P54); null is the standard price.
ALTER TABLE price_line ADD COLUMN agreement_price_minor BIGINT CHECK (agreement_price_minor >= 0);
ALTER TABLE price_line ADD COLUMN vip_price_minor BIGINT CHECK (vip_price_minor >= 0);
ALTER TABLE charge ADD COLUMN price_level TEXT NOT NULL DEFAULT 'standard'
  CHECK (price_level IN ('standard', 'agreement', 'vip'));

-- Who may guide, install or repair in the company's name, and when (P33). A party's days may be told in several rows.
CREATE TABLE designated_party (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'firm')),
  -- As people write it, and as it is compared: without case, width and spaces.
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL CHECK (name_key <> ''),
  -- Both days included; without a last day until further notice.
  valid_from TEXT NOT NULL,
  valid_to TEXT,
  remark TEXT NOT NULL,
  made_by TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK (valid_to IS NULL OR valid_to >= valid_from),
  UNIQUE (name_key, valid_from)
);

-- What was wrong (fault) and why (cause): the words engineers and the desk choose from.
CREATE TABLE fault_code (
  kind TEXT NOT NULL CHECK (kind IN ('fault', 'cause')),
  code TEXT NOT NULL CHECK (code <> ''),
  name_zh TEXT NOT NULL CHECK (name_zh <> ''),
  name_en TEXT NOT NULL,
  -- The kind of product it is for; null for every kind.
  product_kind TEXT,
  active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  ordinal BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  PRIMARY KEY (kind, code)
);
INSERT INTO fault_code (kind, code, name_zh, name_en, product_kind, active, ordinal, changed_at) VALUES
  ('fault', 'no_power', '不通电', 'No power', NULL, 1, 10, 0),
  ('fault', 'no_response', '无反应', 'Does not respond', NULL, 1, 20, 0),
  ('fault', 'wrong_reading', '识别或读数错误', 'Wrong reading', NULL, 1, 30, 0),
  ('fault', 'does_not_move', '机械不动作', 'Does not move', NULL, 1, 40, 0),
  ('fault', 'does_not_stop', '动作不停止、不到位', 'Does not stop in place', NULL, 1, 50, 0),
  ('fault', 'noise', '异响、振动', 'Noise or vibration', NULL, 1, 60, 0),
  ('fault', 'no_connection', '网络不通', 'No connection', NULL, 1, 70, 0),
  ('fault', 'software_error', '软件报错', 'Software error', NULL, 1, 80, 0),
  ('fault', 'display', '显示异常', 'Display faulty', NULL, 1, 90, 0),
  ('fault', 'damaged', '外观损坏', 'Damaged', NULL, 1, 100, 0),
  ('fault', 'other', '其他', 'Other', NULL, 1, 900, 0),
  ('cause', 'component', '元器件损坏', 'Failed component', NULL, 1, 10, 0),
  ('cause', 'wear', '老化、磨损', 'Wear', NULL, 1, 20, 0),
  ('cause', 'wiring', '接线松动或断路', 'Loose or broken wiring', NULL, 1, 30, 0),
  ('cause', 'power', '供电异常', 'Power supply', NULL, 1, 40, 0),
  ('cause', 'network', '网络中断', 'Network', NULL, 1, 50, 0),
  ('cause', 'software', '软件故障', 'Software fault', NULL, 1, 60, 0),
  ('cause', 'settings', '参数设置', 'Settings', NULL, 1, 70, 0),
  ('cause', 'misuse', '操作不当', 'Misuse', NULL, 1, 80, 0),
  ('cause', 'foreign', '外接设备', 'Foreign equipment', NULL, 1, 90, 0),
  ('cause', 'impact', '碰撞', 'Impact', NULL, 1, 100, 0),
  ('cause', 'water', '进水、受潮', 'Water or damp', NULL, 1, 110, 0),
  ('cause', 'lightning', '雷击、浪涌', 'Lightning or surge', NULL, 1, 120, 0),
  ('cause', 'unknown', '未查明', 'Not found', NULL, 1, 900, 0);
