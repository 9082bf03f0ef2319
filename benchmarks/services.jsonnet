// The standard work in Jsonnet: the same texts by path, with no types, no priorities, no history.
function(count)
  local strict = importstr 'strict.txt';
  local install = '[Install]\nWantedBy=multi-user.target\n';
  local server = {
    local this = self,
    index:: error 'which server?',
    package:: '/opt/http-server',
    port:: 8000,
    directory:: '/srv/www',
    tls:: { enable: false, certificate: null, protocols: ['TLSv1.3'] },
    name:: 'web%d' % self.index,
    file:: '/etc/system-services/%s/server.conf' % self.name,
    config:: 'port = %d\nprotocols = %s\n' % [self.port, std.join(' ', self.tls.protocols)],
    argv:: [self.package + '/bin/http-server', '--port', '' + self.port, '--directory', self.directory]
           + (if self.tls.enable then ['--tls', self.tls.certificate] else [])
           + ['--config', self.file],
    unit:: { Description: 'HTTP server on %d' % this.port, After: 'network.target' },
    memory:: '128M',
    exporter:: { argv: ['/usr/bin/exporter', '--target', 'http://localhost:%d/' % this.port] },
    texts: {
      ['etc/system-services/%s/server.conf' % this.name]: this.config,
      ['etc/systemd/system/%s.service' % this.name]:
        '# Made by modsvc for the service ' + this.name + '. Changes here are lost.\n\n[Unit]\n'
        + std.join('', ['%s=%s\n' % [k, this.unit[k]] for k in ['Description', 'After']])
        + 'X-Restart-Triggers=' + this.file + '#' + std.sha256(this.config)
        + '\n\n[Service]\nExecStart=' + std.join(' ', this.argv)
        + '\nType=simple\nRestart=always\nRestartSec=2\n' + strict
        + 'MemoryMax=' + this.memory + '\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n\n' + install,
      ['etc/systemd/system/%s-exporter.service' % this.name]:
        '# Made by modsvc for the service ' + this.name
        + ' / exporter. Changes here are lost.\n\n[Unit]\nDescription=' + this.name
        + '-exporter\n\n[Service]\nExecStart=' + std.join(' ', this.exporter.argv)
        + '\nType=simple\nRestart=on-failure\nRestartSec=5\n' + strict + '\n' + install,
    },
  };
  std.foldl(
    function(found, each) found + each.texts,
    [
      server {
        index:: i,
        port:: 8000 + i % 1000,
        directory:: '/srv/site-%d' % i,
        tls+:: { enable: i % 2 == 0, certificate: '/etc/ssl/%d.pem' % i },
      }
      for i in std.range(1, count)
    ],
    {}
  )
