/** The pages and records that are pinned whole, as text that a person can review. */

/** A page, and what it shows that others do not. */
interface Page {
  readonly path: string
  readonly shows: string
}

/** The record of a kfunc in a file of `data`, and what it shows that others do not. */
interface DataRecord {
  readonly release: string
  readonly kfunc: string
  readonly shows: string
}

/** Pages, by their path in the built site. */
export const PAGES: readonly Page[] = [
  { path: '7.3/bpf_task_work_schedule_signal/index.html', shows: 'an implicit argument, and the twin' },
  { path: '7.1/scx_bpf_kick_cpu/index.html', shows: 'an image that is broken; struct_ops' },
  { path: '6.12/scx_bpf_dispatch/index.html', shows: 'a kfunc that was renamed and removed' },
  { path: '6.16/bpf_dynptr_copy/index.html', shows: 'a release of which there is an image alone' },
  { path: '6.12/bpf_ct_insert_entry/index.html', shows: 'a kfunc of a module; acquire and release' },
  {
    path: '7.3/bpf_set_dentry_xattr/index.html',
    shows: 'a filter that lets LSM programs alone through; sleepable',
  },
  { path: 'kfuncs/scx_bpf_consume/index.html', shows: 'the stable page of a kfunc that went' },
  { path: '7.1/changes/index.html', shows: 'changes since a release without source' },
  { path: '7.3/flags/KF_ACQUIRE/index.html', shows: 'a flag and who has it' },
  { path: 'suffixes/__sz/index.html', shows: 'a text with what the data says for each release' },
]

/** Records, oldest release first. */
export const RECORDS: readonly DataRecord[] = [
  { release: '6.1', kfunc: 'bpf_kfunc_call_test_acquire', shows: 'test-only' },
  { release: '6.12', kfunc: 'bpf_ct_insert_entry', shows: 'a module, flags, type parameters' },
  { release: '6.12', kfunc: 'scx_bpf_dispatch', shows: 'a successor; in no image' },
  { release: '6.16', kfunc: 'bpf_dynptr_copy', shows: 'an image alone: nulls' },
  { release: '6.17', kfunc: 'bpf_iter_num_new', shows: 'an iterator; common to all program types' },
  { release: '7.1', kfunc: 'scx_bpf_kick_cpu', shows: 'an image that is broken' },
  { release: '7.2', kfunc: 'bpf_xdp_metadata_rx_hash', shows: 'a condition on the device' },
  { release: '7.3', kfunc: 'bpf_obj_new', shows: 'implicit and fixed arguments' },
  { release: '7.3', kfunc: 'bpf_session_cookie', shows: 'a filter on the attach type' },
  {
    release: '7.3',
    kfunc: 'bpf_set_dentry_xattr',
    shows: 'a filter that lets LSM programs alone through; sleepable',
  },
  { release: '7.3', kfunc: 'bpf_task_work_schedule_signal', shows: 'an implicit argument; a callback' },
  { release: '7.3', kfunc: 'bpf_task_work_schedule_signal_impl', shows: 'a twin' },
  { release: '7.3', kfunc: 'scx_bpf_dsq_insert', shows: 'struct_ops members' },
]
