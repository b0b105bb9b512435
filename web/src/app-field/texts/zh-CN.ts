/** The texts of the engineer's screens in one file. */
import common from '../../../../texts/zh-CN/common.json';
import errors_visits from '../../../../texts/zh-CN/errors_visits.json';
import field from '../../../../texts/zh-CN/field.json';
import status from '../../../../texts/zh-CN/status.json';
import visits from '../../../../texts/zh-CN/visits.json';

export default { common, errors_visits, field, status, visits };
