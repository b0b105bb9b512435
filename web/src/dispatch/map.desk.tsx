/**
 * The map: own points only, on an empty ground, so that it needs no tiles and no network. It is loaded when it is opened;
 * without WebGL the list stands in for it.
 */
import { type GeoJSONSource, Map as GlMap, NavigationControl, Popup, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useT } from '../i18n/index.ts';
import { statusLook } from '../ui/status.ts';
import { usePaletteName } from '../ui/theme.ts';
import { type Palette, palettes } from '../ui/tokens.ts';
import type { BoardBlock, BoardEngineer, BoardOrder } from './requests.ts';

setWorkerUrl(workerUrl);

interface Point {
  id: string;
  kind: 'order' | 'engineer';
  lon: number;
  lat: number;
  title: string;
  colour: string;
  major: boolean;
}

/** Whether this browser can draw it. */
function canDraw(): boolean {
  try {
    const canvas = document.createElement('canvas');
    return Boolean(canvas.getContext('webgl2') ?? canvas.getContext('webgl'));
  } catch {
    return false;
  }
}

const features = (points: readonly Point[]) => ({
  type: 'FeatureCollection' as const,
  features: points.map((point) => ({
    type: 'Feature' as const,
    geometry: { type: 'Point' as const, coordinates: [point.lon, point.lat] },
    properties: { ...point },
  })),
});

/** A grid of whole degrees, so that distances can be judged without a ground map. */
function graticule() {
  const lines: number[][][] = [];
  for (let lon = 70; lon <= 140; lon += 1) lines.push([[lon, 15], [lon, 55]]); // biome-ignore format: pairs
  for (let lat = 15; lat <= 55; lat += 1) lines.push([[70, lat], [140, lat]]); // biome-ignore format: pairs
  return {
    type: 'Feature' as const,
    properties: {},
    geometry: { type: 'MultiLineString' as const, coordinates: lines },
  };
}

export default function BoardMap(props: {
  unscheduled: readonly BoardOrder[];
  blocks: readonly BoardBlock[];
  engineers: readonly BoardEngineer[];
  selected: string | undefined;
  onSelect: (order_id: string) => void;
  /** Shown where no map can be drawn. */
  fallback: ReactNode;
}) {
  const t = useT();
  const { unscheduled, blocks, engineers, selected, onSelect, fallback } = props;
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<GlMap>(undefined);
  const [ready, setReady] = useState(false);
  const [broken, setBroken] = useState(() => !canDraw());
  const [shown, setShown] = useState<'both' | 'orders' | 'engineers'>('both');
  const name = usePaletteName();
  const palette: Palette = palettes[name];
  const latest = useRef(onSelect);
  latest.current = onSelect;

  const points = useMemo<Point[]>(() => {
    const tone = (state: string) => palette[toneName(statusLook('visit', state).tone)];
    const order = (each: BoardOrder, colour: string): Point[] =>
      each.point
        ? [
            {
              id: each.work_order_id,
              kind: 'order',
              ...each.point,
              title: `${each.site_name} · ${each.number}`,
              colour,
              major: each.severity === 'major',
            },
          ]
        : [];
    return [
      ...(shown === 'orders'
        ? []
        : engineers.flatMap(({ id, name: who, base }): Point[] =>
            base ? [{ id, kind: 'engineer', ...base, title: who, colour: palette.brand, major: false }] : [],
          )),
      ...(shown === 'engineers'
        ? []
        : [
            ...unscheduled.flatMap((each) => order(each, palette.new)),
            ...blocks.flatMap((block) => order(block.order, tone(block.visit_state))),
          ]),
    ];
  }, [unscheduled, blocks, engineers, shown, palette]);

  useEffect(() => {
    const element = box.current;
    if (!element || broken) return;
    let drawn: GlMap;
    try {
      drawn = new GlMap({
        container: element,
        style: {
          version: 8,
          sources: {
            grid: { type: 'geojson', data: graticule() },
            points: { type: 'geojson', data: features([]) },
          },
          layers: [
            { id: 'ground', type: 'background', paint: { 'background-color': palette.ground } },
            { id: 'grid', type: 'line', source: 'grid', paint: { 'line-color': palette.line, 'line-width': 1 } },
            {
              id: 'chosen',
              type: 'circle',
              source: 'points',
              filter: ['==', ['get', 'id'], ''],
              paint: {
                'circle-radius': 15,
                'circle-color': 'transparent',
                'circle-stroke-color': palette.brand,
                'circle-stroke-width': 3,
              },
            },
            {
              id: 'engineers',
              type: 'circle',
              source: 'points',
              filter: ['==', ['get', 'kind'], 'engineer'],
              paint: {
                'circle-radius': 5,
                'circle-color': palette.surface,
                'circle-stroke-color': ['get', 'colour'],
                'circle-stroke-width': 2,
              },
            },
            {
              id: 'orders',
              type: 'circle',
              source: 'points',
              filter: ['==', ['get', 'kind'], 'order'],
              paint: {
                'circle-radius': 8,
                'circle-color': ['get', 'colour'],
                'circle-stroke-color': ['case', ['get', 'major'], palette.major, palette.surface],
                'circle-stroke-width': ['case', ['get', 'major'], 4, 2],
              },
            },
          ],
        },
        center: [112, 33],
        zoom: 3.5,
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false,
      });
    } catch {
      setBroken(true);
      return;
    }
    map.current = drawn;
    drawn.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    drawn.addControl(new ScaleControl({}), 'bottom-left');
    const popup = new Popup({ closeButton: false, closeOnClick: false, offset: 12 });
    for (const layer of ['orders', 'engineers']) {
      drawn.on('mousemove', layer, (event) => {
        drawn.getCanvas().style.cursor = layer === 'orders' ? 'pointer' : '';
        const title = event.features?.[0]?.properties.title;
        if (typeof title === 'string') popup.setLngLat(event.lngLat).setText(title).addTo(drawn);
      });
      drawn.on('mouseleave', layer, () => {
        drawn.getCanvas().style.cursor = '';
        popup.remove();
      });
    }
    drawn.on('click', 'orders', (event) => {
      const id = event.features?.[0]?.properties.id;
      if (typeof id === 'string') latest.current(id);
    });
    drawn.on('load', () => setReady(true));
    return () => {
      setReady(false);
      map.current = undefined;
      drawn.remove();
    };
  }, [broken, palette]);

  // The first points decide what is in sight; later ones don't move the map under the hand.
  const fitted = useRef(false);
  useEffect(() => {
    const drawn = map.current;
    if (!drawn || !ready) return;
    drawn.getSource<GeoJSONSource>('points')?.setData(features(points));
    if (fitted.current || points.length === 0) return;
    fitted.current = true;
    const lons = points.map(({ lon }) => lon);
    const lats = points.map(({ lat }) => lat);
    drawn.fitBounds(
      [
        [Math.min(...lons), Math.min(...lats)],
        [Math.max(...lons), Math.max(...lats)],
      ],
      { padding: 48, maxZoom: 11, animate: false },
    );
  }, [points, ready]);

  useEffect(() => {
    if (ready) map.current?.setFilter('chosen', ['==', ['get', 'id'], selected ?? '']);
  }, [selected, ready]);

  if (broken) {
    return (
      <>
        <p className="ad-warn" role="status">
          {t('dispatch.map.none')}
        </p>
        {fallback}
      </>
    );
  }
  const without = [...unscheduled, ...blocks.map(({ order }) => order)].filter(({ point }) => !point).length;
  return (
    <div className="ad-map">
      <div className="ad-map-bar">
        <select
          className="ac-input"
          aria-label={t('dispatch.map.show')}
          value={shown}
          onChange={(event) => setShown(event.target.value as typeof shown)}
        >
          {(['both', 'orders', 'engineers'] as const).map((each) => (
            <option key={each} value={each}>
              {t(`dispatch.map.show.${each}`)}
            </option>
          ))}
        </select>
        {without > 0 && <span className="ac-second">{t('dispatch.map.without_point', { count: without })}</span>}
      </div>
      <div ref={box} className="ad-map-box" role="img" aria-label={t('dispatch.map.label', { count: points.length })} />
    </div>
  );
}

/** The token of a tone; a cancelled visit is grey. */
function toneName(tone: string): keyof Palette {
  return (tone === 'cancelled' ? 'new' : tone) as keyof Palette;
}
