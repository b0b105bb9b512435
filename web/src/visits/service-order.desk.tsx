/** A service order on the desk: read it, print it on one sheet. */
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import { useLanguage, useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { PdfButton } from '../ui/pdf.tsx';
import { Query } from '../ui/states.tsx';
import { letterheadQuery, type ServiceOrderView, serviceOrderPdf, serviceOrderQuery } from './requests.ts';
import { ServiceOrderPaper } from './service-order.tsx';

function Sheet({ of, id }: { of: ServiceOrderView; id: string }) {
  const t = useT();
  const language = useLanguage();
  const letterhead = useQuery(letterheadQuery).data;

  useEffect(() => {
    document.documentElement.classList.add('so-printing');
    const title = document.title;
    // The browser offers the title as the name of the PDF.
    document.title = of.document.number;
    return () => {
      document.documentElement.classList.remove('so-printing');
      document.title = title;
    };
  }, [of.document.number]);

  return (
    <div className="so-desk">
      <div className="so-tools">
        <p className="ac-second">
          {t(
            of.signature
              ? of.signature.outcome === 'signed'
                ? 'visits.paper.state.signed'
                : 'visits.paper.state.refused'
              : of.shown_at
                ? 'visits.paper.state.shown'
                : 'visits.paper.state.draft',
          )}
        </p>
        <PdfButton load={(template) => serviceOrderPdf(id, language, template)} name={of.document.number} />
        <Button kind="primary" onClick={() => print()}>
          {t('visits.paper.print')}
        </Button>
      </div>
      <ServiceOrderPaper of={of} letterhead={letterhead} />
      {createPortal(
        <div className="so-print" aria-hidden="true">
          <ServiceOrderPaper of={of} letterhead={letterhead} />
        </div>,
        document.body,
      )}
    </div>
  );
}

export default function ServiceOrderPage() {
  const { work_order_id = '' } = useParams({ strict: false });
  const order = useQuery(serviceOrderQuery(work_order_id));
  return (
    <Query of={order} shape="record">
      {(of) => <Sheet of={of} id={work_order_id} />}
    </Query>
  );
}
