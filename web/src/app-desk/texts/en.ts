/** The texts that the desk begins with in one file. */
import common from '../../../../texts/en/common.json';
import login from '../../../../texts/en/login.json';
import shell from '../../../../texts/en/shell.json';
import status from '../../../../texts/en/status.json';

export default { common, login, shell, status };
