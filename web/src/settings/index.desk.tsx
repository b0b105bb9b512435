/** `/settings` leads to one's own account, the only page that everybody has. */
import { Navigate } from '@tanstack/react-router';

export default function SettingsIndex() {
  return <Navigate to="/settings/me" replace />;
}
