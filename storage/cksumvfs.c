/*
** A VFS shim that keeps a checksum in the last 8 bytes of every page of a
** database, so that no byte of it can change on the disk without being noticed:
** to read such a page fails with SQLITE_IOERR_DATA.
**
** After ext/misc/cksumvfs.c of SQLite 3.40.1, which is in the public domain:
** "The author disclaims copyright to this source code. May you do good and not
** evil. May you find forgiveness for yourself and forgive others. May you share
** freely, never taking more than you give." The format of the file is the same.
** What is different here:
**
**  - The log is left to SQLite, whose frames have checksums of their own: these
**    are computed before a page is written, so a page must not be changed then.
**    A page gets its checksum when a checkpoint brings it into the database.
**  - Pages of a new database that are written before its first page, as VACUUM
**    INTO does when its cache is full, get theirs when the first page is written.
**  - A checkpoint looks at the file anew, for another process may have given it
**    checksums since it was opened.
**  - A header that says that there are no checksums is not believed when its own
**    page has one.
**  - SQLite is not told that parts of a page could be read: they have none.
*/
#include <stdlib.h>
#include <string.h>
#include "cksumvfs.h"

typedef unsigned char u8;
typedef unsigned int u32;

#define ORIGVFS(p)  ((sqlite3_vfs*)((p)->pAppData))
#define ORIGFILE(p) ((sqlite3_file*)(((CksmFile*)(p))+1))
#define HEADERSIZE  100

/* An open database. */
typedef struct CksmFile {
  sqlite3_file base;    /* IO methods */
  char on;              /* its pages have checksums */
  char fresh;           /* it was empty when it was opened */
  char plain;           /* pages were written before it was known that they need checksums */
} CksmFile;

/* Compute the checksum of the first nByte bytes of a page, a multiple of 8. */
static void cksmCompute(const u8 *a, int nByte, u8 *aOut){
  u32 s1 = 0, s2 = 0;
  int i;
  for(i=0; i<nByte; i+=8){
    const u8 *p = a+i;
    s1 += ((u32)p[0] | (u32)p[1]<<8 | (u32)p[2]<<16 | (u32)p[3]<<24) + s2;
    s2 += ((u32)p[4] | (u32)p[5]<<8 | (u32)p[6]<<16 | (u32)p[7]<<24) + s1;
  }
  for(i=0; i<4; i++){
    aOut[i] = (u8)(s1>>(8*i));
    aOut[4+i] = (u8)(s2>>(8*i));
  }
}

static int cksmFits(const u8 *a, int nByte){
  u8 cksum[8];
  cksmCompute(a, nByte-8, cksum);
  return memcmp(a+nByte-8, cksum, 8)==0;
}

static int isPage(int nByte){
  return nByte>=512 && nByte<=65536 && (nByte & (nByte-1))==0;
}

static int isHeader(const u8 *d, int nByte, sqlite3_int64 iOfst){
  return iOfst==0 && nByte>=HEADERSIZE && memcmp(d,"SQLite format 3",16)==0;
}

static int headerPageSize(const u8 *d){
  int n = d[16]<<8 | d[17];
  return n==1 ? 65536 : n;
}

/* Says whether the first page has a checksum that is right for a header that
** says so, though the header that was read does not. */
static int cksmDisowned(sqlite3_file *pOrig, const u8 *d){
  int n = headerPageSize(d), found = 0;
  u8 *a;
  if( !isPage(n) || (a = malloc(n))==0 ) return 0;
  if( pOrig->pMethods->xRead(pOrig, a, n, 0)==SQLITE_OK && a[20]!=8 ){
    a[20] = 8;
    found = cksmFits(a, n);
  }
  free(a);
  return found;
}

/* Give every page of a new database behind the first its checksum. */
static int cksmAmend(sqlite3_file *pOrig, int n){
  sqlite3_int64 iOfst, size = 0;
  int rc = pOrig->pMethods->xFileSize(pOrig, &size);
  u8 *a = malloc(n);
  if( a==0 ) return SQLITE_ERROR;
  for(iOfst=n; rc==SQLITE_OK && iOfst+n<=size; iOfst+=n){
    rc = pOrig->pMethods->xRead(pOrig, a, n, iOfst);
    if( rc==SQLITE_OK ){
      cksmCompute(a, n-8, a+n-8);
      rc = pOrig->pMethods->xWrite(pOrig, a, n, iOfst);
    }
  }
  free(a);
  return rc;
}

static int cksmRead(sqlite3_file *pFile, void *zBuf, int iAmt, sqlite3_int64 iOfst){
  CksmFile *p = (CksmFile*)pFile;
  const u8 *d = (const u8*)zBuf;
  int rc;
  pFile = ORIGFILE(pFile);
  rc = pFile->pMethods->xRead(pFile, zBuf, iAmt, iOfst);
  if( rc!=SQLITE_OK ) return rc;
  if( isHeader(d, iAmt, iOfst) ){
    p->on = d[20]==8;
    if( !p->on && cksmDisowned(pFile, d) ) return SQLITE_IOERR_DATA;
  }
  if( p->on && isPage(iAmt) && !cksmFits(d, iAmt) ) return SQLITE_IOERR_DATA;
  return SQLITE_OK;
}

static int cksmWrite(sqlite3_file *pFile, const void *zBuf, int iAmt, sqlite3_int64 iOfst){
  CksmFile *p = (CksmFile*)pFile;
  u8 *d = (u8*)zBuf;
  pFile = ORIGFILE(pFile);
  if( isHeader(d, iAmt, iOfst) ){
    p->on = d[20]==8;
    if( p->on && p->plain && p->fresh && iAmt==headerPageSize(d) ){
      int rc = cksmAmend(pFile, iAmt);
      if( rc!=SQLITE_OK ) return rc;
      p->plain = 0;
    }
  }
  if( isPage(iAmt) ){
    if( p->on ){
      cksmCompute(d, iAmt-8, d+iAmt-8);
    }else{
      p->plain = 1;
    }
  }
  return pFile->pMethods->xWrite(pFile, zBuf, iAmt, iOfst);
}

static int cksmFileControl(sqlite3_file *pFile, int op, void *pArg){
  CksmFile *p = (CksmFile*)pFile;
  pFile = ORIGFILE(pFile);
  if( op==SQLITE_FCNTL_PRAGMA ){
    char **azArg = (char**)pArg;
    if( sqlite3_stricmp(azArg[1], "checksum_verification")==0 ){
      azArg[0] = sqlite3_mprintf("%d", p->on);
      return SQLITE_OK;
    }
    if( p->on && azArg[2]!=0 && sqlite3_stricmp(azArg[1], "page_size")==0 ){
      return SQLITE_OK; /* not of a database with checksums */
    }
  }else if( op==SQLITE_FCNTL_CKPT_START ){
    u8 d[HEADERSIZE];
    if( pFile->pMethods->xRead(pFile, d, HEADERSIZE, 0)==SQLITE_OK && isHeader(d, HEADERSIZE, 0) && d[20]==8 ){
      p->on = 1;
    }
  }
  return pFile->pMethods->xFileControl(pFile, op, pArg);
}

static int cksmDeviceCharacteristics(sqlite3_file *pFile){
  pFile = ORIGFILE(pFile);
  return pFile->pMethods->xDeviceCharacteristics(pFile) & ~SQLITE_IOCAP_SUBPAGE_READ;
}

/* A page in mapped memory would not be read through here. */
static int cksmFetch(sqlite3_file *pFile, sqlite3_int64 iOfst, int iAmt, void **pp){
  CksmFile *p = (CksmFile*)pFile;
  pFile = ORIGFILE(pFile);
  *pp = 0;
  if( p->on || pFile->pMethods->iVersion<3 ) return SQLITE_OK;
  return pFile->pMethods->xFetch(pFile, iOfst, iAmt, pp);
}

static int cksmUnfetch(sqlite3_file *pFile, sqlite3_int64 iOfst, void *pPage){
  pFile = ORIGFILE(pFile);
  if( pFile->pMethods->iVersion<3 ) return SQLITE_OK;
  return pFile->pMethods->xUnfetch(pFile, iOfst, pPage);
}

/* All other methods of a file are the original's. */
#define PASS(p, method, args) (ORIGFILE(p)->pMethods->method args)
static int cksmClose(sqlite3_file *p){ return PASS(p, xClose, (ORIGFILE(p))); }
static int cksmTruncate(sqlite3_file *p, sqlite3_int64 n){ return PASS(p, xTruncate, (ORIGFILE(p), n)); }
static int cksmSync(sqlite3_file *p, int flags){ return PASS(p, xSync, (ORIGFILE(p), flags)); }
static int cksmFileSize(sqlite3_file *p, sqlite3_int64 *n){ return PASS(p, xFileSize, (ORIGFILE(p), n)); }
static int cksmLock(sqlite3_file *p, int e){ return PASS(p, xLock, (ORIGFILE(p), e)); }
static int cksmUnlock(sqlite3_file *p, int e){ return PASS(p, xUnlock, (ORIGFILE(p), e)); }
static int cksmCheckReservedLock(sqlite3_file *p, int *out){ return PASS(p, xCheckReservedLock, (ORIGFILE(p), out)); }
static int cksmSectorSize(sqlite3_file *p){ return PASS(p, xSectorSize, (ORIGFILE(p))); }
static int cksmShmMap(sqlite3_file *p, int iPg, int sz, int extend, void volatile **pp){
  return PASS(p, xShmMap, (ORIGFILE(p), iPg, sz, extend, pp));
}
static int cksmShmLock(sqlite3_file *p, int offset, int n, int flags){ return PASS(p, xShmLock, (ORIGFILE(p), offset, n, flags)); }
static void cksmShmBarrier(sqlite3_file *p){ PASS(p, xShmBarrier, (ORIGFILE(p))); }
static int cksmShmUnmap(sqlite3_file *p, int del){ return PASS(p, xShmUnmap, (ORIGFILE(p), del)); }

static const sqlite3_io_methods cksm_io_methods = {
  3, cksmClose, cksmRead, cksmWrite, cksmTruncate, cksmSync, cksmFileSize, cksmLock, cksmUnlock,
  cksmCheckReservedLock, cksmFileControl, cksmSectorSize, cksmDeviceCharacteristics, cksmShmMap,
  cksmShmLock, cksmShmBarrier, cksmShmUnmap, cksmFetch, cksmUnfetch
};

static int cksmOpen(sqlite3_vfs *pVfs, const char *zName, sqlite3_file *pFile, int flags, int *pOutFlags){
  CksmFile *p = (CksmFile*)pFile;
  sqlite3_file *pOrig;
  sqlite3_int64 size = 0;
  int rc;
  pVfs = ORIGVFS(pVfs);
  if( (flags & SQLITE_OPEN_MAIN_DB)==0 ){
    return pVfs->xOpen(pVfs, zName, pFile, flags, pOutFlags);
  }
  memset(p, 0, sizeof(*p));
  pOrig = ORIGFILE(pFile);
  rc = pVfs->xOpen(pVfs, zName, pOrig, flags, pOutFlags);
  if( rc!=SQLITE_OK ) return rc;
  p->base.pMethods = &cksm_io_methods;
  p->fresh = pOrig->pMethods->xFileSize(pOrig, &size)==SQLITE_OK && size==0;
  return SQLITE_OK;
}

/* All other methods of the VFS are the original's. */
static int cksmDelete(sqlite3_vfs *v, const char *z, int sync){ return ORIGVFS(v)->xDelete(ORIGVFS(v), z, sync); }
static int cksmAccess(sqlite3_vfs *v, const char *z, int flags, int *out){ return ORIGVFS(v)->xAccess(ORIGVFS(v), z, flags, out); }
static int cksmFullPathname(sqlite3_vfs *v, const char *z, int n, char *out){ return ORIGVFS(v)->xFullPathname(ORIGVFS(v), z, n, out); }
static void *cksmDlOpen(sqlite3_vfs *v, const char *z){ return ORIGVFS(v)->xDlOpen(ORIGVFS(v), z); }
static void cksmDlError(sqlite3_vfs *v, int n, char *out){ ORIGVFS(v)->xDlError(ORIGVFS(v), n, out); }
static void (*cksmDlSym(sqlite3_vfs *v, void *p, const char *z))(void){ return ORIGVFS(v)->xDlSym(ORIGVFS(v), p, z); }
static void cksmDlClose(sqlite3_vfs *v, void *p){ ORIGVFS(v)->xDlClose(ORIGVFS(v), p); }
static int cksmRandomness(sqlite3_vfs *v, int n, char *out){ return ORIGVFS(v)->xRandomness(ORIGVFS(v), n, out); }
static int cksmSleep(sqlite3_vfs *v, int n){ return ORIGVFS(v)->xSleep(ORIGVFS(v), n); }
static int cksmCurrentTime(sqlite3_vfs *v, double *t){ return ORIGVFS(v)->xCurrentTime(ORIGVFS(v), t); }
static int cksmGetLastError(sqlite3_vfs *v, int n, char *out){ return ORIGVFS(v)->xGetLastError(ORIGVFS(v), n, out); }
static int cksmCurrentTimeInt64(sqlite3_vfs *v, sqlite3_int64 *t){ return ORIGVFS(v)->xCurrentTimeInt64(ORIGVFS(v), t); }
static int cksmSetSystemCall(sqlite3_vfs *v, const char *z, sqlite3_syscall_ptr p){ return ORIGVFS(v)->xSetSystemCall(ORIGVFS(v), z, p); }
static sqlite3_syscall_ptr cksmGetSystemCall(sqlite3_vfs *v, const char *z){ return ORIGVFS(v)->xGetSystemCall(ORIGVFS(v), z); }
static const char *cksmNextSystemCall(sqlite3_vfs *v, const char *z){ return ORIGVFS(v)->xNextSystemCall(ORIGVFS(v), z); }

static sqlite3_vfs cksm_vfs = {
  3, 0, 1024, 0, "cksmvfs", 0, cksmOpen, cksmDelete, cksmAccess, cksmFullPathname, cksmDlOpen, cksmDlError,
  cksmDlSym, cksmDlClose, cksmRandomness, cksmSleep, cksmCurrentTime, cksmGetLastError, cksmCurrentTimeInt64,
  cksmSetSystemCall, cksmGetSystemCall, cksmNextSystemCall
};

/* Make the shim what every connection of this process uses. */
int rejoinder_register_cksumvfs(void){
  sqlite3_vfs *pOrig = sqlite3_vfs_find(0);
  if( pOrig==0 || pOrig->iVersion<3 ) return SQLITE_ERROR;
  cksm_vfs.mxPathname = pOrig->mxPathname;
  cksm_vfs.pAppData = pOrig;
  cksm_vfs.szOsFile = pOrig->szOsFile + (int)sizeof(CksmFile);
  return sqlite3_vfs_register(&cksm_vfs, 1);
}
