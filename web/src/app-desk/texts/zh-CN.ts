/** The texts that the desk begins with in one file. */
import common from '../../../../texts/zh-CN/common.json';
import login from '../../../../texts/zh-CN/login.json';
import shell from '../../../../texts/zh-CN/shell.json';
import status from '../../../../texts/zh-CN/status.json';

export default { common, login, shell, status };
