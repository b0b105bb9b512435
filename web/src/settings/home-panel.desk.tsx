/** A system administrator's to-do on the home page: the first steps, while one is left. */
import { FirstSteps, useFirstSteps } from './steps.desk.tsx';

export default function FirstStepsPanel() {
  const { open } = useFirstSteps();
  return open.length > 0 ? <FirstSteps /> : null;
}
