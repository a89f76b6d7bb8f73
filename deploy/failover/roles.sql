-- Once, on the primary: psql "host=… user=postgres" -v owner_password=… -v app_password=… -f roles.sql
CREATE ROLE goldthread_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE goldthread_app LOGIN PASSWORD :'app_password';
CREATE DATABASE goldthread OWNER goldthread_owner ENCODING 'UTF8' TEMPLATE template0;
