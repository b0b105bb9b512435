/** The texts of the engineer's screens in one file. */
import common from '../../../../texts/en/common.json';
import errors_visits from '../../../../texts/en/errors_visits.json';
import field from '../../../../texts/en/field.json';
import status from '../../../../texts/en/status.json';
import visits from '../../../../texts/en/visits.json';

export default { common, errors_visits, field, status, visits };
