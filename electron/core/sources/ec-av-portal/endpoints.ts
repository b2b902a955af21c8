/**
 * Where the audiovisual portal of the European Commission is. Nothing of it is documented and its API has moved before:
 * the site's own script says where it is now. Only this file knows addresses of it.
 */
export const ecEndpoints = {
  host: 'audiovisual.ec.europa.eu',
  site: 'https://audiovisual.ec.europa.eu',
  /** Names the API of the day. */
  constantsPath: '/js/constants.js',
  constantName: 'urlLuceneServices',
  /** Behind what the script names. */
  apiName: 'avsportal',
  /** Where the API was last known to be. */
  api: 'https://gfdwwnbuul.execute-api.eu-west-1.amazonaws.com/avsportal/avsportal',
  pagePath: '/en/video/',
  pageSize: 50,
  fields:
    'type,ref,doc_ref,titles_json,duration,shootstartdate,media_json,mediaorder_json,summary_json,languages,timestamp,copyright',
} as const;
