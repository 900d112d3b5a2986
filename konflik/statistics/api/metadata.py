"""What the numbers mean, for people and for harvesters of Satu Data portals (DCAT as JSON-LD)."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from accounts.access.selectors import installation
from konflik.rest.everybody import OpenView
from konflik.rest.params import single
from konflik.statistics.api.numbers import NumbersView
from konflik.statistics.selectors.released import latest
from konflik.statistics.tables.definitions import DATASETS, DEFINED_ON, SHARED, Dataset
from konflik.statistics.tables.published import KNOWN, PublishedTable

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "adms": "http://www.w3.org/ns/adms#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "qb": "http://purl.org/linked-data/cube#",
    "dimensions": "qb:dimension",
    "measures": "qb:measure",
    "name": "skos:notation",
    "title": "skos:prefLabel",
    "definition": "skos:definition",
    "unit": "http://purl.org/linked-data/sdmx/2009/attribute#unitMeasure",
    "dct:modified": {"@type": "http://www.w3.org/2001/XMLSchema#date"},
    "dct:accrualPeriodicity": {"@type": "@id"},
    "dcat:accessURL": {"@type": "@id"},
}
"""Every word of the answer, so that a reader of JSON-LD keeps the measures with their meaning and unit (DCAT 2, RDF Data Cube, SKOS)."""
OPEN = {"@type": "dct:RightsStatement", "dct:title": "Terbuka untuk umum (PP 2/2015 Pasal 67)."}
RIGHTS = "Angka langsung hanya bagi yang berwenang melihat perkaranya (UU 14/2008 Pasal 17); angka untuk umum terbit setiap bulan."
LICENCE = {"@type": "dct:LicenseDocument", "dct:title": "Boleh dipakai kembali dengan menyebut sumber (Perpres 39/2019)."}


@extend_schema(responses={200: dict[str, Any]})
class MetadataView(OpenView):
    """Arti setiap angka, satuannya, sumbernya, lisensinya, dan kapan diperbarui. Terbuka untuk semua: tidak memuat satu angka pun."""

    def get(self, request: Request) -> HttpResponse:
        """The catalogue. It changes with its definitions and with each release; nothing of it tells that a case was touched (S14)."""
        single(request.query_params, ())
        house = installation()
        publisher = {"@type": "foaf:Agent", "foaf:name": house.letterhead_office if house else "Sekretariat Tim Terpadu"}
        release = latest()
        updated = max(DEFINED_ON, timezone.localdate(release.frozen_at)) if release else DEFINED_ON
        return self.answered(
            request,
            {
                "@context": CONTEXT,
                "@id": request.build_absolute_uri(request.path),
                "@type": "dcat:Catalog",
                "dct:title": "Statistik penanganan konflik sosial",
                "dct:description": SHARED,
                "dct:language": "id",
                "dct:license": LICENCE,
                "dct:publisher": publisher,
                "dct:modified": updated.isoformat(),
                "dcat:dataset": [
                    *(_dataset(request, dataset, publisher, updated) for dataset in DATASETS),
                    *(
                        _published(request, table, publisher, updated)
                        for table in (KNOWN if release else ())
                        if release and table.code in release.numbers
                    ),
                ],
            },
        )


def _dataset(request: Request, dataset: Dataset, publisher: dict[str, str], updated: date) -> dict[str, Any]:
    address = request.build_absolute_uri(reverse(f"api:statistics-{dataset.code}"))
    return {
        "@id": address,
        "@type": "dcat:Dataset",
        "dct:identifier": f"statistik-{dataset.code}",
        "dct:title": dataset.title,
        "dct:description": dataset.meaning,
        "dct:source": "Perkara dan riwayatnya dalam sistem ini",
        "dct:license": LICENCE,
        "dct:accessRights": {"@type": "dct:RightsStatement", "dct:title": RIGHTS},
        "dct:accrualPeriodicity": "http://publications.europa.eu/resource/authority/frequency/CONT",
        "dct:modified": updated.isoformat(),
        "dct:publisher": publisher,
        "dimensions": list(dataset.dimensions),
        "measures": [{"name": one.name, "title": one.title, "definition": one.meaning, "unit": one.unit} for one in dataset.numbers],
        "dcat:distribution": [
            {"@type": "dcat:Distribution", "dcat:accessURL": f"{address}?format={form}", "dcat:mediaType": media}
            for form, media in (("json", "application/json"), *NumbersView.media_types.items())
        ],
    }


def _published(request: Request, table: PublishedTable, publisher: dict[str, str], updated: date) -> dict[str, Any]:
    """A table that everybody may read, as of the newest release."""
    return {
        "@id": f"{request.build_absolute_uri(reverse('public-csv'))}#{table.code}",
        "@type": "dcat:Dataset",
        "dct:identifier": f"terbit-{table.code}",
        "dct:title": table.title,
        "dct:description": f"{table.counts} Dibulatkan, sehingga tidak seorang pun dapat dikenali; 0 berarti sedikit atau tidak ada.",
        "dct:source": "Terbitan bulanan sistem ini",
        "dct:license": LICENCE,
        "dct:accessRights": OPEN,
        "dct:accrualPeriodicity": "http://publications.europa.eu/resource/authority/frequency/MONTHLY",
        "dct:modified": updated.isoformat(),
        "dct:publisher": publisher,
        "dimensions": ["region", table.dimension, "month"],
        "measures": [
            {
                "name": "since_january",
                "title": table.title,
                "definition": f"{table.counts} Sejak 1 Januari, dibulatkan.",
                "unit": "perkara",
            },
        ],
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dcat:accessURL": request.build_absolute_uri(reverse("public-csv")),
                "dcat:mediaType": "text/csv",
            }
        ],
    }
