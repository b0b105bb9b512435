/** antd in our colours, type and language. */
import { App, ConfigProvider, type ThemeConfig, theme } from 'antd';
import en from 'antd/locale/en_US';
import zh from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { type ReactNode, useMemo } from 'react';
import { useLanguage } from '../i18n/index.ts';
import { usePaletteName } from '../ui/theme.ts';
import { type Palette, palettes, sizes } from '../ui/tokens.ts';
import './desk.css';

function themeConfig(palette: Palette, dark: boolean): ThemeConfig {
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: palette.brand,
      colorInfo: palette.brand,
      colorLink: palette.brand,
      colorError: palette.major,
      colorWarning: palette.warning,
      colorSuccess: palette.done,
      colorText: palette.text,
      colorTextSecondary: palette.second,
      colorTextPlaceholder: palette.second,
      colorTextDescription: palette.second,
      colorTextTertiary: palette.second,
      controlItemBgActive: palette.selected,
      controlItemBgActiveHover: palette.selected,
      controlItemBgHover: palette.hover,
      colorBgBase: palette.surface,
      colorBgLayout: palette.ground,
      colorBgContainer: palette.surface,
      colorBgElevated: palette.raised,
      colorBorder: palette.edge,
      colorBorderSecondary: palette.line,
      fontFamily: sizes['font-family'],
      fontSize: 14,
      borderRadius: 6,
      borderRadiusLG: 10,
      motionDurationFast: '0.05s',
      motionDurationMid: '0.1s',
      motionDurationSlow: '0.15s',
    },
    components: {
      Button: { primaryColor: palette['on-brand'], fontWeight: 600, primaryShadow: 'none', defaultShadow: 'none' },
    },
  };
}

/** Once, around the desk. */
export function DeskTheme({ children }: { children: ReactNode }) {
  const name = usePaletteName();
  const language = useLanguage();
  const config = useMemo(() => themeConfig(palettes[name], name === 'dark'), [name]);
  dayjs.locale(language === 'zh-CN' ? 'zh-cn' : 'en');
  return (
    <ConfigProvider theme={config} locale={language === 'zh-CN' ? zh : en} wave={{ disabled: true }}>
      <App component={false}>{children}</App>
    </ConfigProvider>
  );
}
